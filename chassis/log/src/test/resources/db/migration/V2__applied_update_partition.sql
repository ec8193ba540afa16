alter table applied_update
    add column log_partition int,
    add column appended bigint;
