-- Queries that mean the same to Athena and to the local AWS, which neither translates nor rounds as Trino does:
-- where the two differ (a decimal's average, a date that is cut or moved) a cast says what is meant.

select
  count(*) as n
from transactions;

select
  month,
  sum(amount_brl) as total
from expenses
group by
  month
order by
  month;

select
  category,
  -sum(amount_brl) as spent
from expenses
group by
  1
order by
  2 desc,
  1;

select
  category,
  count(*) as n,
  min(date) as first,
  max(date) as last
from expenses
group by
  category
order by
  1;

select
  cast(date_trunc('month', date) as date) as m,
  sum(amount_brl)
from income
group by
  1
order by
  1;

select
  month,
  cast(avg(amount_brl) as decimal(18, 2)) as mean
from expenses
group by
  1
order by
  1;

select
  merchant,
  amount_brl,
  rank() over (partition by month order by amount_brl, merchant) as r
from expenses
order by
  month,
  r,
  merchant,
  amount_brl
limit 20;

select
  month,
  net_brl,
  net_brl - lag(net_brl) over (order by month) as change
from monthly_summary
where
  basis = 'bill'
order by
  month;

select
  date,
  sum(amount_brl) over (order by date, transaction_id rows between unbounded preceding and current row) as running
from income
order by
  date,
  transaction_id;

with big as (
  select
    *
  from expenses
  where
    amount_brl < -100.00
)
select
  month,
  count(*)
from big
group by
  1
order by
  1;

select
  e.month,
  e.spent,
  i.earned
from (
  select
    month,
    sum(amount_brl) as spent
  from expenses
  group by
    1
) as e
left join (
  select
    month,
    sum(amount_brl) as earned
  from income
  group by
    1
) as i
  on e.month = i.month
order by
  1;

select distinct
  kind,
  flow
from categorized_transactions
order by
  1,
  2;

select
  month
from expenses
union
select
  month
from income
order by
  1;

select
  title
from transactions
where
  lower(title) like '%mercado%'
order by
  1,
  transaction_id
limit 10;

select
  account,
  reading,
  observed_on,
  value_brl
from balance_readings
where
  observed_on >= cast('2026-09-01' as date)
order by
  1,
  2,
  3;

select
  date,
  coalesce(available_limit_brl, 0.00) as available,
  limit_brl is null as unknown
from credit_limits
order by
  date,
  account;

select
  plan_id,
  count(*) as parcels,
  sum(amount_brl) as total
from plan_parcels
group by
  1
having
  count(*) > 1
order by
  3,
  1;

select
  year(date) as y,
  quarter(date) as q,
  count(*)
from transactions
group by
  1,
  2
order by
  1,
  2;

select
  case when amount_brl < -50.00 then 'large' else 'small' end as size,
  count(*),
  sum(amount_brl)
from expenses
group by
  1
order by
  1;

select
  category,
  sum(amount_brl) filter(where
    account_type = 'card') as card,
  count(distinct merchant) as m
from expenses
group by
  1
order by
  1;

select
  substr(month, 1, 4) as y,
  concat(category, '/', kind) as what,
  round(sum(amount_brl), 1) as total
from expenses
group by
  1,
  2
order by
  1,
  2;

select
  count(collected_at) as n,
  min(as_of) as first,
  count_if(bill is null) as without_bill
from transactions;

select
  document,
  lines,
  current_lines + superseded_lines + duplicate_lines + rejected_lines + void_lines as sum
from raw_documents
order by
  1,
  month;

select
  *
from (
  select
    month,
    kind,
    sum(amount_brl) as total,
    row_number() over (partition by month order by sum(amount_brl)) as n
  from expenses
  group by
    1,
    2
) as ranked
where
  n <= 3
order by
  month,
  n;
