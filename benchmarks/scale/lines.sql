-- The raw lines of one month. Every value is drawn by hashing its account and place, so that a line never changes.
-- Every fifth card was exported before its bill closed: half of its lines are repeated by that older document.
with placed as (
  select i, case when i < $skewed then 0 else 1 + (i - $skewed) // $each end as who,
    case when i < $skewed then i else (i - $skewed) % $each end as place,
  from range($first::bigint, $last::bigint) t(i)
), repeated as (
  select i, who, who % 2 = 0 as is_card, who % 10 = 4 and place >= $each // 2 as is_old,
    case when is_old then place - $each // 2 else place end as place,
  from placed
), drawn as (
  select *, hash($seed::bigint, $month::varchar, who, place, 1) as one,
    hash($seed::bigint, $month::varchar, who, place, 2) as two, hash($seed::bigint, $month::varchar, who, place, 3) as three,
  from repeated
), told as (
  select *, (one % 10000)::int as chance, (one >> 32)::bigint as salt,
    (1 + two % 28)::int as day, 100 + (power((two >> 32) / 4294967296, 4) * 90000)::bigint as size,
    (power((three >> 32) / 4294967296, 3) * $names::int)::int as name, (2 + three % 11)::int as parcels,
    (case when is_card then $before else $month end || '-01')::date as start,
  from drawn
), named as (
  select *,
    concat_ws(' ', $brands[1 + name % len($brands)], $places[1 + name // 7 % len($places)], name // 50) as merchant,
    concat_ws(' ', $given[1 + name % len($given)], $family[1 + name // 11 % len($family)],
      $family[1 + name // 173 % len($family)]) as person,
    printf(' - •••.%03d.%03d-•• - ', name % 1000, name // 1000 % 1000) as document_of_person,
    printf(' Agência: %d Conta: %d-%d', 1 + name % 9000, 1000000 + name, name % 10) as account_of_person,
  from told
), worded as (
  select *, case
    when is_card and chance < 100 then 'Pagamento recebido'
    when is_card and chance < 200 then 'IOF de "' || merchant || '"'
    when is_card and chance < 1400 then concat(merchant, ' - Parcela ', 1 + salt % parcels, '/', parcels)
    when is_card then merchant
    when chance < 3500 then concat('Transferência enviada pelo Pix - ', person, document_of_person,
      'NU PAGAMENTOS - IP (0260)', account_of_person)
    when chance < 5500 then concat('Transferência recebida pelo Pix - ', person, document_of_person,
      'ITAÚ UNIBANCO S.A. (0341)', account_of_person)
    when chance < 8500 then 'Compra no débito - ' || merchant
    when chance < 9200 then 'Pagamento de boleto efetuado - ' || merchant
    when chance < 9500 then 'Pagamento de fatura'
    when chance < 9750 then 'Aplicação RDB'
    else 'Resgate RDB' end as raw_title,
    case when is_card then chance < 100 else chance between 3500 and 5499 or chance >= 9750 end as comes_in,
    case when comes_in then size else -size end as centavos,
  from named
)
select $month::varchar as month,
  printf('%s%09d-%s', case when is_old then 'older' else 'export' end, who, $month::varchar) as document,
  document || '.csv' as document_name, (place + 2)::int as line_number, 'exports' as source,
  case when is_card then 'card_csv' else 'account_csv' end as format,
  case when is_card then 'card' else 'account' end as account_type, printf('%s-%09d', account_type, who) as account,
  case when is_card then $month::varchar end as bill, case when is_card then ($month || '-17')::date end as bill_due,
  case when is_old then 'open' when is_card then 'closed' end as bill_state,
  case when is_old then $seen_before::timestamptz else $seen::timestamptz end as as_of, $seen::timestamptz as collected_at,
  start + (day - 1) as line_date, case when is_card then strftime(line_date, '%Y-%m-%d') else strftime(line_date, '%d/%m/%Y') end as raw_date, raw_title,
  printf('%s%d.%02d', case when (centavos < 0) <> is_card then '-' else '' end, size // 100, size % 100) as raw_amount,
  null::varchar as raw_category, case when not is_card then printf('%016x%016x', one, three) end as raw_identifier,
  null::varchar as raw_text, null::varchar as statement_title, centavos, null::bigint as rejected_centavos,
  case when is_old then 'superseded' else 'current' end as line_state, null::varchar as reason,
  null::varchar as void_reason, null::timestamptz as occurred_at, null::varchar as card_last_four,
  null::varchar as merchant_code, null::varchar as foreign_currency, null::decimal(18, 3) as foreign_amount,
  null::decimal(18, 2) as included_iof_brl
from worded order by i
