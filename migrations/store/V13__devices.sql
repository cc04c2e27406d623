-- The devices that people sign in on, so that one that is lost can be ended without its user, and so
-- that wrong passwords of strangers make nobody wait on a device of their own. Local like `users`:
-- nothing of it is sent.
create table devices (
    id           text    primary key,
    user_id      text    not null references users (id),
    kind         text    not null,
    name         text    not null,
    key_hash     text,             -- SHA-256 of the device's key and the user; null for API clients
    app          text,             -- version of the program, as it said
    state        text    not null, -- ACTIVE, SUSPENDED, REVOKED
    state_at     integer,
    state_by     text,
    address      text,             -- where it was seen last
    created_at   integer not null,
    last_seen_at integer not null
) strict;
create index devices_of_user on devices (user_id);
create unique index devices_by_key on devices (key_hash);

-- A session of a program is refreshed: its access token is short, and a refresh token, used once,
-- gives the next two. `previous_hash` and `rotation` let one that is sent again because the answer
-- was lost give the same two again. A session without `refresh_hash` lasts while it is used.
alter table sessions add column id text;
alter table sessions add column device_id text;
alter table sessions add column refresh_hash text;
alter table sessions add column refresh_until integer;
alter table sessions add column previous_hash text;
alter table sessions add column rotation text;
alter table sessions add column rotated_at integer;
create unique index sessions_by_id on sessions (id);
create index sessions_of_device on sessions (device_id);

-- Where it came from, and on which device.
alter table security_log add column address text;
alter table security_log add column device text;
