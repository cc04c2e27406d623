-- Catalogues become records: entered, changed and sent through the one door. Their date is the first
-- day on which they may be used; what a new installation starts with has no change of its own (rev 0).

alter table materials add column site_id text not null default 'global';
alter table materials add column date text not null default '2000-01-01';
alter table materials add column created_at integer not null default 0;
alter table materials add column created_by text not null default 'deskops';
alter table materials add column updated_at integer not null default 0;
alter table materials add column updated_by text not null default 'deskops';
alter table materials add column rev integer not null default 0;
alter table materials add column voided_at integer;
alter table materials add column voided_by text;
alter table materials add column void_reason text;

alter table equipment_types add column site_id text not null default 'global';
alter table equipment_types add column date text not null default '2000-01-01';
alter table equipment_types add column created_at integer not null default 0;
alter table equipment_types add column created_by text not null default 'deskops';
alter table equipment_types add column updated_at integer not null default 0;
alter table equipment_types add column updated_by text not null default 'deskops';
alter table equipment_types add column rev integer not null default 0;
alter table equipment_types add column voided_at integer;
alter table equipment_types add column voided_by text;
alter table equipment_types add column void_reason text;

alter table crew_roles add column site_id text not null default 'global';
alter table crew_roles add column date text not null default '2000-01-01';
alter table crew_roles add column created_at integer not null default 0;
alter table crew_roles add column created_by text not null default 'deskops';
alter table crew_roles add column updated_at integer not null default 0;
alter table crew_roles add column updated_by text not null default 'deskops';
alter table crew_roles add column rev integer not null default 0;
alter table crew_roles add column voided_at integer;
alter table crew_roles add column voided_by text;
alter table crew_roles add column void_reason text;

alter table sites add column site_id text not null default 'global';
alter table sites add column date text not null default '2000-01-01';
alter table sites add column created_at integer not null default 0;
alter table sites add column created_by text not null default 'deskops';
alter table sites add column updated_at integer not null default 0;
alter table sites add column updated_by text not null default 'deskops';
alter table sites add column rev integer not null default 0;
alter table sites add column voided_at integer;
alter table sites add column voided_by text;
alter table sites add column void_reason text;

-- No day off is nothing and not an empty text. (Before the first release, so the old column goes.)
alter table sites add column off_days text;
update sites set off_days = nullif(days_off, '');
alter table sites drop column days_off;
