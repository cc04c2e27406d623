-- The stock ledger: what is computed of each day, beside what people measured. And what it needs:
-- crusher runs, blends as mixed, closed days, and where a production figure comes from.
alter table inventory add column drawn_kg integer not null default 0;
alter table inventory add column variance_kg integer not null default 0;
alter table inventory add column typed_kg integer;
alter table inventory add column counted_when text;

-- A change of a day walks on through the later days of the same material.
create index inventory_of_material on inventory (site_id, material_id, date);

-- Set once the ledger was computed from the records that were there before it.
alter table desk add column has_ledger integer not null default 0;

alter table production add column origin text not null default 'TYPED';

create table run (
    id           text    primary key,
    site_id      text    not null references sites (id),
    date         text    not null,
    equipment_id text    not null references equipment_types (id),
    feed_id      text    not null references materials (id),
    shift        text    not null,
    feed_kg      integer not null,
    residue_kg   integer,
    loss_kg      integer,
    is_estimated integer not null,
    notes        text,
    created_at   integer not null,
    created_by   text    not null,
    updated_at   integer not null,
    updated_by   text    not null,
    rev          integer not null,
    voided_at    integer,
    voided_by    text,
    void_reason  text
) strict;

create index run_newest on run (site_id, date desc, created_at desc, id desc) where voided_at is null;
create index run_voided on run (site_id, date desc, created_at desc, id desc) where voided_at is not null;
create unique index run_key on run (site_id, date, equipment_id, feed_id, shift);

create table split (
    id           text    primary key,
    site_id      text    not null references sites (id),
    date         text    not null,
    material_id  text    not null references materials (id),
    component_id text    not null references materials (id),
    qty_kg       integer not null,
    notes        text,
    created_at   integer not null,
    created_by   text    not null,
    updated_at   integer not null,
    updated_by   text    not null,
    rev          integer not null,
    voided_at    integer,
    voided_by    text,
    void_reason  text
) strict;

create index split_newest on split (site_id, date desc, created_at desc, id desc) where voided_at is null;
create index split_voided on split (site_id, date desc, created_at desc, id desc) where voided_at is not null;
create unique index split_key on split (site_id, date, material_id, component_id);

create table period (
    id          text    primary key,
    site_id     text    not null references sites (id),
    date        text    not null,
    kind        text    not null,
    state       text    not null,
    reason      text,
    created_at  integer not null,
    created_by  text    not null,
    updated_at  integer not null,
    updated_by  text    not null,
    rev         integer not null,
    voided_at   integer,
    voided_by   text,
    void_reason text
) strict;

create index period_newest on period (site_id, date desc, created_at desc, id desc) where voided_at is null;
create index period_voided on period (site_id, date desc, created_at desc, id desc) where voided_at is not null;
create unique index period_key on period (site_id, date, kind);
