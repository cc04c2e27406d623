-- This computer's own identity and its counter of changes, so that head office can tell
-- laptops apart and see that no change is missing.
create table desk (
    only        integer primary key check (only = 1),
    device      text    not null,
    incarnation text    not null,
    next_seq    integer not null,
    unsent      integer not null -- records in `outbox`, kept here because counting them is slow
) strict;
