-- What a clerk picks from. Rows are taken out of use, never deleted, because records name them.
create table sites (
    id              text    primary key,
    code            text    not null unique,
    name            text    not null,
    location        text,
    timezone        text    not null,
    day_cut_minutes integer not null default 0,
    week_start      integer not null default 7,  -- Monday 1 to Sunday 7
    days_off        text    not null default '', -- the same numbers, joined by commas
    is_active       integer not null default 1
) strict;

create table materials (
    id            text    primary key,
    code          text    not null unique,
    name          text    not null,
    name_ar       text,
    category      text    not null,
    unit          text    not null,
    is_final      integer not null,
    position      integer not null,
    inactive_from text
) strict;

create table equipment_types (
    id            text    primary key,
    code          text    not null unique,
    name          text    not null,
    name_ar       text,
    category      text    not null,
    position      integer not null,
    inactive_from text
) strict;

create table crew_roles (
    id            text    primary key,
    code          text    not null unique,
    name          text    not null,
    name_ar       text,
    position      integer not null,
    inactive_from text
) strict;
