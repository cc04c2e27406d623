-- What holds at a site from a day on, until a later one of the same key: what an administrator keeps.

create table target (
    id          text    primary key,
    site_id     text    not null references sites (id),
    date        text    not null,
    material_id text    not null references materials (id),
    qty_kg      integer not null,
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

create index target_newest on target (site_id, date desc, created_at desc, id desc) where voided_at is null;
create index target_voided on target (site_id, date desc, created_at desc, id desc) where voided_at is not null;
create unique index target_key on target (site_id, date, material_id);

create table threshold (
    id          text    primary key,
    site_id     text    not null references sites (id),
    date        text    not null,
    material_id text    not null references materials (id),
    min_kg      integer,
    max_kg      integer,
    created_at  integer not null,
    created_by  text    not null,
    updated_at  integer not null,
    updated_by  text    not null,
    rev         integer not null,
    voided_at   integer,
    voided_by   text,
    void_reason text
) strict;

create index threshold_newest on threshold (site_id, date desc, created_at desc, id desc) where voided_at is null;
create index threshold_voided on threshold (site_id, date desc, created_at desc, id desc) where voided_at is not null;
create unique index threshold_key on threshold (site_id, date, material_id);

create table load_factor (
    id          text    primary key,
    site_id     text    not null references sites (id),
    date        text    not null,
    material_id text    not null references materials (id),
    per_load_kg integer not null,
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

create index load_factor_newest on load_factor (site_id, date desc, created_at desc, id desc) where voided_at is null;
create index load_factor_voided on load_factor (site_id, date desc, created_at desc, id desc) where voided_at is not null;
create unique index load_factor_key on load_factor (site_id, date, material_id);

create table recipe (
    id           text    primary key,
    site_id      text    not null references sites (id),
    date         text    not null,
    material_id  text    not null references materials (id),
    component_id text    not null references materials (id),
    share        integer not null, -- hundredths of a per cent
    created_at   integer not null,
    created_by   text    not null,
    updated_at   integer not null,
    updated_by   text    not null,
    rev          integer not null,
    voided_at    integer,
    voided_by    text,
    void_reason  text
) strict;

create index recipe_newest on recipe (site_id, date desc, created_at desc, id desc) where voided_at is null;
create index recipe_voided on recipe (site_id, date desc, created_at desc, id desc) where voided_at is not null;
create unique index recipe_key on recipe (site_id, date, material_id, component_id);

create table rate (
    id           text    primary key,
    site_id      text    not null references sites (id),
    date         text    not null,
    equipment_id text    not null references equipment_types (id),
    per_hour_kg  integer not null,
    created_at   integer not null,
    created_by   text    not null,
    updated_at   integer not null,
    updated_by   text    not null,
    rev          integer not null,
    voided_at    integer,
    voided_by    text,
    void_reason  text
) strict;

create index rate_newest on rate (site_id, date desc, created_at desc, id desc) where voided_at is null;
create index rate_voided on rate (site_id, date desc, created_at desc, id desc) where voided_at is not null;
create unique index rate_key on rate (site_id, date, equipment_id);

create table rate_split (
    id           text    primary key,
    site_id      text    not null references sites (id),
    date         text    not null,
    equipment_id text    not null references equipment_types (id),
    material_id  text    not null references materials (id),
    per_hour_kg  integer not null,
    created_at   integer not null,
    created_by   text    not null,
    updated_at   integer not null,
    updated_by   text    not null,
    rev          integer not null,
    voided_at    integer,
    voided_by    text,
    void_reason  text
) strict;

create index rate_split_newest on rate_split (site_id, date desc, created_at desc, id desc) where voided_at is null;
create index rate_split_voided on rate_split (site_id, date desc, created_at desc, id desc) where voided_at is not null;
create unique index rate_split_key on rate_split (site_id, date, equipment_id, material_id);

create table machine_plan (
    id           text    primary key,
    site_id      text    not null references sites (id),
    date         text    not null,
    equipment_id text    not null references equipment_types (id),
    hours        integer not null,
    created_at   integer not null,
    created_by   text    not null,
    updated_at   integer not null,
    updated_by   text    not null,
    rev          integer not null,
    voided_at    integer,
    voided_by    text,
    void_reason  text
) strict;

create index machine_plan_newest on machine_plan (site_id, date desc, created_at desc, id desc) where voided_at is null;
create index machine_plan_voided on machine_plan (site_id, date desc, created_at desc, id desc) where voided_at is not null;
create unique index machine_plan_key on machine_plan (site_id, date, equipment_id);

create table crew_plan (
    id          text    primary key,
    site_id     text    not null references sites (id),
    date        text    not null,
    role_id     text    not null references crew_roles (id),
    headcount   integer not null,
    hours       integer not null,
    created_at  integer not null,
    created_by  text    not null,
    updated_at  integer not null,
    updated_by  text    not null,
    rev         integer not null,
    voided_at   integer,
    voided_by   text,
    void_reason text
) strict;

create index crew_plan_newest on crew_plan (site_id, date desc, created_at desc, id desc) where voided_at is null;
create index crew_plan_voided on crew_plan (site_id, date desc, created_at desc, id desc) where voided_at is not null;
create unique index crew_plan_key on crew_plan (site_id, date, role_id);

create table calendar_day (
    id          text    primary key,
    site_id     text    not null references sites (id),
    date        text    not null,
    name        text    not null,
    is_working  integer not null,
    created_at  integer not null,
    created_by  text    not null,
    updated_at  integer not null,
    updated_by  text    not null,
    rev         integer not null,
    voided_at   integer,
    voided_by   text,
    void_reason text
) strict;

create index calendar_day_newest on calendar_day (site_id, date desc, created_at desc, id desc) where voided_at is null;
create index calendar_day_voided on calendar_day (site_id, date desc, created_at desc, id desc) where voided_at is not null;
create unique index calendar_day_key on calendar_day (site_id, date);
