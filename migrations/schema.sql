-- The sum of migrations/store, written by `cargo xtask schema`. Read it, do not run it.

CREATE TABLE desk (
    only        integer primary key check (only = 1),
    device      text    not null,
    incarnation text    not null,
    next_seq    integer not null,
    unsent      integer not null -- records in `outbox`, kept here because counting them is slow
, has_ledger integer not null default 0, lists integer not null default 0) strict;

CREATE TABLE sites (
    id              text    primary key,
    code            text    not null unique,
    name            text    not null,
    location        text,
    timezone        text    not null,
    day_cut_minutes integer not null default 0,
    week_start      integer not null default 7,  -- Monday 1 to Sunday 7
    is_active       integer not null default 1
, site_id text not null default 'global', date text not null default '2000-01-01', created_at integer not null default 0, created_by text not null default 'deskops', updated_at integer not null default 0, updated_by text not null default 'deskops', rev integer not null default 0, voided_at integer, voided_by text, void_reason text, off_days text) strict;

CREATE TABLE materials (
    id            text    primary key,
    code          text    not null unique,
    name          text    not null,
    name_ar       text,
    category      text    not null,
    unit          text    not null,
    is_final      integer not null,
    position      integer not null,
    inactive_from text
, site_id text not null default 'global', date text not null default '2000-01-01', created_at integer not null default 0, created_by text not null default 'deskops', updated_at integer not null default 0, updated_by text not null default 'deskops', rev integer not null default 0, voided_at integer, voided_by text, void_reason text) strict;

CREATE TABLE equipment_types (
    id            text    primary key,
    code          text    not null unique,
    name          text    not null,
    name_ar       text,
    category      text    not null,
    position      integer not null,
    inactive_from text
, site_id text not null default 'global', date text not null default '2000-01-01', created_at integer not null default 0, created_by text not null default 'deskops', updated_at integer not null default 0, updated_by text not null default 'deskops', rev integer not null default 0, voided_at integer, voided_by text, void_reason text) strict;

CREATE TABLE crew_roles (
    id            text    primary key,
    code          text    not null unique,
    name          text    not null,
    name_ar       text,
    position      integer not null,
    inactive_from text
, site_id text not null default 'global', date text not null default '2000-01-01', created_at integer not null default 0, created_by text not null default 'deskops', updated_at integer not null default 0, updated_by text not null default 'deskops', rev integer not null default 0, voided_at integer, voided_by text, void_reason text) strict;

CREATE TABLE production (
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
, origin text not null default 'TYPED') strict;

CREATE INDEX production_newest on production (site_id, date desc, created_at desc, id desc) where voided_at is null;

CREATE INDEX production_voided on production (site_id, date desc, created_at desc, id desc) where voided_at is not null;

CREATE UNIQUE INDEX production_key on production (site_id, date, material_id, shift, operation, line);

CREATE TABLE dispatch (
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

CREATE INDEX dispatch_newest on dispatch (site_id, date desc, created_at desc, id desc) where voided_at is null;

CREATE INDEX dispatch_voided on dispatch (site_id, date desc, created_at desc, id desc) where voided_at is not null;

CREATE TABLE received (
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

CREATE INDEX received_newest on received (site_id, date desc, created_at desc, id desc) where voided_at is null;

CREATE INDEX received_voided on received (site_id, date desc, created_at desc, id desc) where voided_at is not null;

CREATE TABLE equipment (
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

CREATE INDEX equipment_newest on equipment (site_id, date desc, created_at desc, id desc) where voided_at is null;

CREATE INDEX equipment_voided on equipment (site_id, date desc, created_at desc, id desc) where voided_at is not null;

CREATE UNIQUE INDEX equipment_key on equipment (site_id, date, equipment_id, shift);

CREATE TABLE manpower (
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

CREATE INDEX manpower_newest on manpower (site_id, date desc, created_at desc, id desc) where voided_at is null;

CREATE INDEX manpower_voided on manpower (site_id, date desc, created_at desc, id desc) where voided_at is not null;

CREATE UNIQUE INDEX manpower_key on manpower (site_id, date, role_id, shift);

CREATE TABLE inventory (
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
, drawn_kg integer not null default 0, variance_kg integer not null default 0, typed_kg integer, counted_when text) strict;

CREATE INDEX inventory_newest on inventory (site_id, date desc, created_at desc, id desc) where voided_at is null;

CREATE INDEX inventory_voided on inventory (site_id, date desc, created_at desc, id desc) where voided_at is not null;

CREATE UNIQUE INDEX inventory_key on inventory (site_id, date, material_id);

CREATE TABLE nil_return (
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

CREATE INDEX nil_return_newest on nil_return (site_id, date desc, created_at desc, id desc) where voided_at is null;

CREATE INDEX nil_return_voided on nil_return (site_id, date desc, created_at desc, id desc) where voided_at is not null;

CREATE UNIQUE INDEX nil_return_key on nil_return (site_id, date, module);

CREATE TABLE changes (
    op           text    primary key,
    dev          text    not null,
    inc          text    not null,
    seq          integer not null,
    feed         text    not null,
    entity       text    not null,
    rec          text    not null,
    kind         text    not null,
    at           integer not null,
    raw          blob    not null, -- canonical JSON, the very bytes
    payload_hash text    not null,
    state        text    not null default 'pending' check (state in ('pending', 'acked', 'covered', 'rejected')),
    unique (dev, inc, seq)
) strict;

CREATE INDEX changes_of_record on changes (rec, seq);

CREATE INDEX changes_pending on changes (inc, seq) where state = 'pending';

CREATE TRIGGER changes_are_kept before delete on changes begin
    select raise(abort, 'changes are kept');
end;

CREATE TRIGGER changes_are_immutable before update of op, dev, inc, seq, feed, entity, rec, kind, at, raw, payload_hash on changes begin
    select raise(abort, 'changes are immutable');
end;

CREATE TABLE outbox (
    rec    text primary key,
    entity text not null
) strict, without rowid;

CREATE TABLE drafts (
    module  text    not null,
    site_id text    not null references sites (id),
    date    text    not null,
    row     text    not null,
    cells   text    not null,
    at      integer not null,
    primary key (module, site_id, date, row)
) strict, without rowid;

CREATE TABLE users (
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

CREATE INDEX inventory_of_material on inventory (site_id, material_id, date);

CREATE TABLE run (
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

CREATE INDEX run_newest on run (site_id, date desc, created_at desc, id desc) where voided_at is null;

CREATE INDEX run_voided on run (site_id, date desc, created_at desc, id desc) where voided_at is not null;

CREATE UNIQUE INDEX run_key on run (site_id, date, equipment_id, feed_id, shift);

CREATE TABLE split (
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

CREATE INDEX split_newest on split (site_id, date desc, created_at desc, id desc) where voided_at is null;

CREATE INDEX split_voided on split (site_id, date desc, created_at desc, id desc) where voided_at is not null;

CREATE UNIQUE INDEX split_key on split (site_id, date, material_id, component_id);

CREATE TABLE period (
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

CREATE INDEX period_newest on period (site_id, date desc, created_at desc, id desc) where voided_at is null;

CREATE INDEX period_voided on period (site_id, date desc, created_at desc, id desc) where voided_at is not null;

CREATE UNIQUE INDEX period_key on period (site_id, date, kind);

CREATE TABLE target (
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

CREATE INDEX target_newest on target (site_id, date desc, created_at desc, id desc) where voided_at is null;

CREATE INDEX target_voided on target (site_id, date desc, created_at desc, id desc) where voided_at is not null;

CREATE UNIQUE INDEX target_key on target (site_id, date, material_id);

CREATE TABLE threshold (
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

CREATE INDEX threshold_newest on threshold (site_id, date desc, created_at desc, id desc) where voided_at is null;

CREATE INDEX threshold_voided on threshold (site_id, date desc, created_at desc, id desc) where voided_at is not null;

CREATE UNIQUE INDEX threshold_key on threshold (site_id, date, material_id);

CREATE TABLE load_factor (
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

CREATE INDEX load_factor_newest on load_factor (site_id, date desc, created_at desc, id desc) where voided_at is null;

CREATE INDEX load_factor_voided on load_factor (site_id, date desc, created_at desc, id desc) where voided_at is not null;

CREATE UNIQUE INDEX load_factor_key on load_factor (site_id, date, material_id);

CREATE TABLE recipe (
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

CREATE INDEX recipe_newest on recipe (site_id, date desc, created_at desc, id desc) where voided_at is null;

CREATE INDEX recipe_voided on recipe (site_id, date desc, created_at desc, id desc) where voided_at is not null;

CREATE UNIQUE INDEX recipe_key on recipe (site_id, date, material_id, component_id);

CREATE TABLE rate (
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

CREATE INDEX rate_newest on rate (site_id, date desc, created_at desc, id desc) where voided_at is null;

CREATE INDEX rate_voided on rate (site_id, date desc, created_at desc, id desc) where voided_at is not null;

CREATE UNIQUE INDEX rate_key on rate (site_id, date, equipment_id);

CREATE TABLE rate_split (
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

CREATE INDEX rate_split_newest on rate_split (site_id, date desc, created_at desc, id desc) where voided_at is null;

CREATE INDEX rate_split_voided on rate_split (site_id, date desc, created_at desc, id desc) where voided_at is not null;

CREATE UNIQUE INDEX rate_split_key on rate_split (site_id, date, equipment_id, material_id);

CREATE TABLE machine_plan (
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

CREATE INDEX machine_plan_newest on machine_plan (site_id, date desc, created_at desc, id desc) where voided_at is null;

CREATE INDEX machine_plan_voided on machine_plan (site_id, date desc, created_at desc, id desc) where voided_at is not null;

CREATE UNIQUE INDEX machine_plan_key on machine_plan (site_id, date, equipment_id);

CREATE TABLE crew_plan (
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

CREATE INDEX crew_plan_newest on crew_plan (site_id, date desc, created_at desc, id desc) where voided_at is null;

CREATE INDEX crew_plan_voided on crew_plan (site_id, date desc, created_at desc, id desc) where voided_at is not null;

CREATE UNIQUE INDEX crew_plan_key on crew_plan (site_id, date, role_id);

CREATE TABLE calendar_day (
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

CREATE INDEX calendar_day_newest on calendar_day (site_id, date desc, created_at desc, id desc) where voided_at is null;

CREATE INDEX calendar_day_voided on calendar_day (site_id, date desc, created_at desc, id desc) where voided_at is not null;

CREATE UNIQUE INDEX calendar_day_key on calendar_day (site_id, date);

CREATE TABLE sessions (
    token_hash text    primary key, -- SHA-256: what is read here opens nothing
    user_id    text    not null references users (id),
    created_at integer not null,
    expires_at integer not null     -- moves on while the session is used
, id text, device_id text, refresh_hash text, refresh_until integer, previous_hash text, rotation text, rotated_at integer) strict;

CREATE INDEX sessions_of_user on sessions (user_id);

CREATE INDEX sessions_expiring on sessions (expires_at);

CREATE TABLE tries (
    concern text    primary key, -- SHA-256 of the name: a password typed in its place stays unread
    n_tries integer not null,
    last_at integer not null
) strict;

CREATE INDEX tries_oldest on tries (last_at);

CREATE TABLE security_log (
    id      text    primary key,
    at      integer not null,
    event   text    not null,
    actor   text    not null, -- sign-in name; empty when nobody was signed in
    subject text    not null, -- sign-in name of whom it concerns; empty when there is no such user
    note    text
, address text, device text) strict;

CREATE INDEX security_log_newest on security_log (at desc, id desc);

CREATE INDEX security_log_of_subject on security_log (subject, event, at);

CREATE TRIGGER security_log_is_kept before delete on security_log begin
    select raise(abort, 'the security log is kept');
end;

CREATE TRIGGER security_log_is_immutable before update on security_log begin
    select raise(abort, 'the security log is immutable');
end;

CREATE TABLE devices (
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

CREATE INDEX devices_of_user on devices (user_id);

CREATE UNIQUE INDEX devices_by_key on devices (key_hash);

CREATE UNIQUE INDEX sessions_by_id on sessions (id);

CREATE INDEX sessions_of_device on sessions (device_id);

CREATE TABLE connection (
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
