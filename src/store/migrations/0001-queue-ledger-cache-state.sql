-- One text for SQLite and PostgreSQL; words in double braces are filled in by dialect.ts.
-- Times are milliseconds since the epoch (UTC). JSON is kept as text: the engines are never asked to look into it.

-- Who may be worked for: rate-limit pauses and turns. `served` rises with every claim, so that nobody starves.
create table installation(
  id bigint primary key,
  paused_until bigint not null default 0,
  served bigint not null default 0
);
create index installation_turn on installation(served);

-- One row for each pull request, branch, repository or merge group: dirty while seq > done_seq.
create table work(
  key text primary key,
  installation_id bigint not null,
  repository_id bigint not null,
  mark text not null,
  seq bigint not null default 1,
  done_seq bigint not null default 0,
  fresh_seq bigint not null default 0,
  claimed_seq bigint not null default 0,
  due_at bigint not null,
  rank_at bigint not null,
  marked_at bigint not null,
  attempts integer not null default 0,
  lease text,
  lease_until bigint not null default 0,
  last_error text,
  dead_at bigint
);
create index work_turn on work(installation_id, rank_at) where seq > done_seq and dead_at is null;
create index work_marked on work(marked_at);
create index work_repository on work(repository_id);

-- Accepted deliveries: 'accepted' (work marked), 'done' (all of it finished), 'failed' (some of it is dead).
create table delivery(
  guid text primary key,
  event text not null,
  action text,
  installation_id bigint,
  received_at bigint not null,
  outcome text not null
);
create index delivery_received on delivery(received_at);

-- Which work a delivery still waits for.
create table delivery_work(
  guid text not null,
  key text not null,
  seq bigint not null,
  primary key(guid, key)
);
create index delivery_work_key on delivery_work(key, seq);

create table hint(
  id bigint primary key,
  key text not null,
  guid text not null,
  position integer not null,
  received_at bigint not null,
  hint text not null,
  unique(guid, position)
);
create index hint_key on hint(key, received_at, position);

create table cache(
  kind text not null,
  key text not null,
  value text not null,
  put_at bigint not null,
  primary key(kind, key)
);
create index cache_put on cache(put_at);

create table ledger(
  seq bigint primary key,
  at bigint not null,
  kind text not null,
  repository_id bigint not null,
  pull_request bigint,
  actor_id bigint,
  data text not null,
  previous_hash text not null,
  hash text not null
);
create index ledger_repository on ledger(repository_id, pull_request, seq);
create index ledger_kind on ledger(kind, seq);
{{append_only:ledger}}

-- The end of the chain; its row is the lock under which the ledger grows.
create table ledger_head(
  id integer primary key,
  seq bigint not null,
  hash text not null
);
insert into ledger_head(id, seq, hash) values(1, 0, '');

create table state(
  kind text not null,
  repository_id bigint not null,
  pull_request bigint not null,
  name text not null,
  version bigint not null,
  value text not null,
  ends_at bigint,
  changed_at bigint not null,
  primary key(kind, repository_id, pull_request, name)
);
create index state_ending on state(kind, ends_at);

create table handle(
  prefix text not null,
  repository_id bigint not null,
  pull_request bigint not null,
  name text not null,
  number bigint not null,
  primary key(prefix, repository_id, pull_request, name),
  unique(prefix, repository_id, pull_request, number)
);

create table lock(
  name text primary key,
  holder text not null,
  until bigint not null
);
