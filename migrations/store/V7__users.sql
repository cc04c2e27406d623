-- Who may sign in on this computer, so that each figure has a name and each name its rights.
-- Local to this database: users are no records, they stand neither in `changes` nor in `outbox`,
-- and no password hash ever leaves the computer.
create table users (
    id            text    primary key,
    name          text    not null unique, -- for signing in and in records; lower case, never changed
    full_name     text    not null,
    role          text    not null,
    sites         text,                    -- ids joined by commas; null is every site
    password_hash text    not null,        -- argon2id with its salt and cost, as a PHC string
    is_active     integer not null default 1,
    created_at    integer not null,
    created_by    text    not null,
    updated_at    integer not null,
    updated_by    text    not null
) strict;
