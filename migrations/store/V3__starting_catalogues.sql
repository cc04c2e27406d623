-- What a new installation starts with. Administrators change it; DeskOps never reads it from code.
insert into sites (id, code, name, location, timezone, day_cut_minutes, week_start, days_off) values
    ('calasla290000000000000000', 'ALASLA-29', 'Al Asla Recycling Facility', 'Jeddah', 'Asia/Riyadh', 0, 7, '5');

insert into materials (id, code, name, category, unit, is_final, position) values
    ('MAT001', 'AGG-G1',        'G1',                 'AGGREGATES',     'TON',  1, 1),
    ('MAT002', 'AGG-3/4',       '3/4',                'AGGREGATES',     'TON',  1, 2),
    ('MAT003', 'AGG-3/8',       '3/8',                'AGGREGATES',     'TON',  1, 3),
    ('MAT004', 'AGG-S1',        'S1',                 'AGGREGATES',     'TON',  1, 4),
    ('MAT005', 'AGG-APBC',      'APBC',               'AGGREGATES',     'TON',  1, 5),
    ('MAT006', 'AGG-FILLING',   'FILLING MATERIAL',   'AGGREGATES',     'TON',  1, 6),
    ('MAT007', 'AGG-RIPRAP',    'RIPRAP',             'AGGREGATES',     'TON',  1, 7),
    ('MAT008', 'AGG-4INCH',     '4 INCH',             'AGGREGATES',     'TON',  1, 8),
    ('MAT009', 'AGG-6INCH',     '6 INCH',             'AGGREGATES',     'TON',  1, 9),
    ('MAT010', 'FINE-WASHED',   'WASHED SAND',        'FINE',           'TON',  1, 10),
    ('MAT011', 'FINE-NATURAL',  'NATURAL SAND',       'FINE',           'TON',  1, 11),
    ('MAT012', 'SPEC-BEDDING',  'BEDDING SAND',       'SPECIALTY',      'TON',  1, 12),
    ('MAT013', 'BASE-CRUSHED',  'CRUSHED BASE',       'PROCESSED_BASE', 'TON',  1, 13),
    ('MAT014', 'BASE-RECYCLED', 'RECYCLED BASE',      'PROCESSED_BASE', 'TON',  1, 14),
    ('MAT015', 'RAW-CONCRETE',  'CONCRETE DEBRIS',    'RAW_FEED',       'LOAD', 0, 15),
    ('MAT016', 'RAW-MIXED',     'MIXED C&D DEBRIS',   'RAW_FEED',       'LOAD', 0, 16),
    ('MAT017', 'RAW-ASPHALT',   'ASPHALT DEBRIS',     'RAW_FEED',       'LOAD', 0, 17);

insert into equipment_types (id, code, name, category, position) values
    ('EQ001', 'CRUSHER-01',   'Jaw Crusher #1',      'CRUSHING_SCREENING', 1),
    ('EQ002', 'CRUSHER-02',   'Cone Crusher #1',     'CRUSHING_SCREENING', 2),
    ('EQ003', 'SCREEN-01',    'Vibrating Screen #1', 'CRUSHING_SCREENING', 3),
    ('EQ004', 'EXCAVATOR-01', 'Excavator CAT320',    'EARTH_MOVING',       4),
    ('EQ005', 'EXCAVATOR-02', 'Excavator PC200',     'EARTH_MOVING',       5),
    ('EQ006', 'LOADER-01',    'Wheel Loader L120',   'EARTH_MOVING',       6),
    ('EQ007', 'DUMPTRUCK-01', 'Dump Truck 6W',       'HAULING',            7),
    ('EQ008', 'DUMPTRUCK-02', 'Dump Truck 10W',      'HAULING',            8),
    ('EQ009', 'GENERATOR-01', 'Generator 500kVA',    'AUXILIARY',          9);

insert into crew_roles (id, code, name, position) values
    ('ROLE_EQUIPMENT_DRIVER',   'EQUIPMENT_DRIVER',   'Equipment driver',   1),
    ('ROLE_CRUSHER_OPERATOR',   'CRUSHER_OPERATOR',   'Crusher operator',   2),
    ('ROLE_MAINTENANCE_WORKER', 'MAINTENANCE_WORKER', 'Maintenance worker', 3),
    ('ROLE_LABORER',            'LABORER',            'Laborer',            4),
    ('ROLE_SECURITY',           'SECURITY',           'Security',           5);
