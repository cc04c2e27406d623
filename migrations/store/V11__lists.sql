-- How often the lists (sites, materials, machines, roles) have changed: several servers may keep
-- them in mind, and each looks here whether what it knows still holds.
alter table desk add column lists integer not null default 0;
