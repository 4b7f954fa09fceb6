-- Last day on which newer data is in time, of what is published with a cycle that ends on a day.
alter table catalog.entry add column due date;
create index entry_due on catalog.entry (due) where due is not null and not inside;

-- Until the next turn of the clock counts it anew: working days are known to the calendar alone.
update catalog.entry e set due = s.as_of + s.cycle
from (
    select v.resource,
        coalesce(
            (select u.as_of from catalog.data_update u where u.resource = v.resource order by u.id desc limit 1),
            (min(v.published_at) at time zone 'Asia/Shanghai')::date) as as_of,
        case p.cycle when 'DAILY' then interval '1 day' when 'WEEKLY' then interval '7 days'
            when 'MONTHLY' then interval '1 month' when 'QUARTERLY' then interval '3 months'
            when 'HALF_YEARLY' then interval '6 months' when 'YEARLY' then interval '1 year' end as cycle
    from catalog.version v
    join catalog.entry p on p.resource = v.resource and not p.inside
    group by v.resource, p.cycle) s
where e.resource = s.resource and s.cycle is not null;

-- Facets count by it too.
drop index catalog.entry_facets;
create index entry_facets on catalog.entry
    (provider, stage, inside) include (class, sharing, method, format, cycle, due, resource);
