-- Every change ever made here, as it is sent and hashed: the outbox, and the past of each record.
create table changes (
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
create index changes_of_record on changes (rec, seq);
create index changes_pending on changes (inc, seq) where state = 'pending';

-- A change is never edited or removed; only how far it has got may move on.
create trigger changes_are_kept before delete on changes begin
    select raise(abort, 'changes are kept');
end;
create trigger changes_are_immutable before update of op, dev, inc, seq, feed, entity, rec, kind, at, raw, payload_hash on changes begin
    select raise(abort, 'changes are immutable');
end;

-- Records with a change that head office does not have yet.
create table outbox (
    rec    text primary key,
    entity text not null
) strict, without rowid;
