create table samples (
    product_id bigint primary key,
    name text not null
);

-- how far the log has been applied to each product: trellis.chassis.log.AppliedUpdate
create table applied_update (
    product_id bigint primary key,
    position bigint not null,
    log_partition int,
    appended bigint,
    version int not null
);
