-- Rows that are typed but not right yet. They stay on this computer and are never sent.
create table drafts (
    module  text    not null,
    site_id text    not null references sites (id),
    date    text    not null,
    row     text    not null,
    cells   text    not null,
    at      integer not null,
    primary key (module, site_id, date, row)
) strict, without rowid;
