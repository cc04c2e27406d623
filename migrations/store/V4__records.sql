-- The daily records, one table a module. Amounts are whole kilograms and hundredths of an hour.
-- A deleted record keeps its row (`voided_at`), so that its past can be read and it can come back.
-- The key indexes cover deleted rows too: the same thing entered again is the same record.

create table production (
    id          text    primary key,
    site_id     text    not null references sites (id),
    date        text    not null,
    material_id text    not null references materials (id),
    shift       text    not null,
    qty_kg      integer not null,
    operation   text    not null,
    line        integer not null,
    notes       text,
    created_at  integer not null,
    created_by  text    not null,
    updated_at  integer not null,
    updated_by  text    not null,
    rev         integer not null,
    voided_at   integer,
    voided_by   text,
    void_reason text
) strict;

create index production_newest on production (site_id, date desc, created_at desc, id desc) where voided_at is null;
create index production_voided on production (site_id, date desc, created_at desc, id desc) where voided_at is not null;
create unique index production_key on production (site_id, date, material_id, shift, operation, line);

create table dispatch (
    id           text    primary key,
    site_id      text    not null references sites (id),
    date         text    not null,
    material_id  text    not null references materials (id),
    qty_kg       integer,
    trips        integer,
    is_estimated integer not null,
    owner        text,
    reference    text,
    operation    text    not null,
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

create index dispatch_newest on dispatch (site_id, date desc, created_at desc, id desc) where voided_at is null;
create index dispatch_voided on dispatch (site_id, date desc, created_at desc, id desc) where voided_at is not null;

create table received (
    id           text    primary key,
    site_id      text    not null references sites (id),
    date         text    not null,
    material_id  text    not null references materials (id),
    qty_kg       integer,
    loads        integer,
    is_estimated integer not null,
    source       text,
    vehicle_ref  text,
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

create index received_newest on received (site_id, date desc, created_at desc, id desc) where voided_at is null;
create index received_voided on received (site_id, date desc, created_at desc, id desc) where voided_at is not null;

create table equipment (
    id            text    primary key,
    site_id       text    not null references sites (id),
    date          text    not null,
    equipment_id  text    not null references equipment_types (id),
    shift         text    not null,
    count         integer not null,
    hours         integer not null,
    standby_hours integer,
    down_hours    integer,
    status        text,
    notes         text,
    created_at    integer not null,
    created_by    text    not null,
    updated_at    integer not null,
    updated_by    text    not null,
    rev           integer not null,
    voided_at     integer,
    voided_by     text,
    void_reason   text
) strict;

create index equipment_newest on equipment (site_id, date desc, created_at desc, id desc) where voided_at is null;
create index equipment_voided on equipment (site_id, date desc, created_at desc, id desc) where voided_at is not null;
create unique index equipment_key on equipment (site_id, date, equipment_id, shift);

create table manpower (
    id          text    primary key,
    site_id     text    not null references sites (id),
    date        text    not null,
    role_id     text    not null references crew_roles (id),
    shift       text    not null,
    headcount   integer not null,
    hours       integer not null,
    notes       text,
    created_at  integer not null,
    created_by  text    not null,
    updated_at  integer not null,
    updated_by  text    not null,
    rev         integer not null,
    voided_at   integer,
    voided_by   text,
    void_reason text
) strict;

create index manpower_newest on manpower (site_id, date desc, created_at desc, id desc) where voided_at is null;
create index manpower_voided on manpower (site_id, date desc, created_at desc, id desc) where voided_at is not null;
create unique index manpower_key on manpower (site_id, date, role_id, shift);

create table inventory (
    id                  text    primary key,
    site_id             text    not null references sites (id),
    date                text    not null,
    material_id         text    not null references materials (id),
    opening_kg          integer not null,
    produced_kg         integer not null,
    received_kg         integer not null,
    dispatched_kg       integer not null,
    adjustment_kg       integer not null,
    reason              text,
    closing_kg          integer not null,
    counted_kg          integer,
    opening_override_kg integer,
    is_calculated       integer not null,
    notes               text,
    created_at          integer not null,
    created_by          text    not null,
    updated_at          integer not null,
    updated_by          text    not null,
    rev                 integer not null,
    voided_at           integer,
    voided_by           text,
    void_reason         text
) strict;

create index inventory_newest on inventory (site_id, date desc, created_at desc, id desc) where voided_at is null;
create index inventory_voided on inventory (site_id, date desc, created_at desc, id desc) where voided_at is not null;
create unique index inventory_key on inventory (site_id, date, material_id);

create table nil_return (
    id          text    primary key,
    site_id     text    not null references sites (id),
    date        text    not null,
    module      text    not null,
    notes       text,
    created_at  integer not null,
    created_by  text    not null,
    updated_at  integer not null,
    updated_by  text    not null,
    rev         integer not null,
    voided_at   integer,
    voided_by   text,
    void_reason text
) strict;

create index nil_return_newest on nil_return (site_id, date desc, created_at desc, id desc) where voided_at is null;
create index nil_return_voided on nil_return (site_id, date desc, created_at desc, id desc) where voided_at is not null;
create unique index nil_return_key on nil_return (site_id, date, module);
