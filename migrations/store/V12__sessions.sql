-- Who is signed in, the wrong passwords so far, and what happened to accounts: in the database,
-- because several servers may run on one, and what only one of them knows does not hold for the
-- others. Local like `users`: nothing of it is sent.
create table sessions (
    token_hash text    primary key, -- SHA-256: what is read here opens nothing
    user_id    text    not null references users (id),
    created_at integer not null,
    expires_at integer not null     -- moves on while the session is used
) strict;
create index sessions_of_user on sessions (user_id);
create index sessions_expiring on sessions (expires_at);

-- Wrong passwords by the sign-in name that was typed, also of nobody.
create table tries (
    concern text    primary key, -- SHA-256 of the name: a password typed in its place stays unread
    n_tries integer not null,
    last_at integer not null
) strict;
create index tries_oldest on tries (last_at);

create table security_log (
    id      text    primary key,
    at      integer not null,
    event   text    not null,
    actor   text    not null, -- sign-in name; empty when nobody was signed in
    subject text    not null, -- sign-in name of whom it concerns; empty when there is no such user
    note    text
) strict;
create index security_log_newest on security_log (at desc, id desc);
create index security_log_of_subject on security_log (subject, event, at);

create trigger security_log_is_kept before delete on security_log begin
    select raise(abort, 'the security log is kept');
end;
create trigger security_log_is_immutable before update on security_log begin
    select raise(abort, 'the security log is immutable');
end;
