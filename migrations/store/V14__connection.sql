-- Head office, as this laptop knows it. One row, local like `users`: nothing of it is sent. What is
-- secret of it (the key of this computer, what keeps it signed in) is in the system's keyring.
create table connection (
    only         integer primary key check (only = 1),
    address      text    not null,
    pin          text,    -- SHA-256 of the key that somebody has compared; null: who vouches for it is trusted
    version      text,    -- as head office told it last
    last_contact integer,
    clock_ms     integer, -- by how much this computer is ahead of it
    user_name    text,    -- who is signed in there; null: nobody
    full_name    text,
    signed_in_at integer
) strict;
