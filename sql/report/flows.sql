-- What does one economy sell to another, as the seller tells it and as the buyer does? Those told of by both first.
WITH flows AS (
    SELECT bilateral_flows.*,
        greatest(sold.latest_published_on, bought.latest_published_on) AS latest_published_on,
        sold.confidence AS exports_confidence,
        bought.confidence AS imports_confidence,
        greatest(coalesce(sold.documents, 0), coalesce(bought.documents, 0)) AS documents,
        greatest(coalesce(sold.confidence, 0), coalesce(bought.confidence, 0)) AS confidence
    FROM bilateral_flows
    LEFT JOIN facts AS sold ON sold.fact_id = exports_fact_id
    LEFT JOIN facts AS bought ON bought.fact_id = imports_fact_id
    WHERE bilateral_flows.modality <> 'negated'
),

best_flows AS (
    SELECT *, count(*) OVER () AS flows
    FROM flows
    QUALIFY row_number() OVER (
        ORDER BY gap IS NOT NULL DESC, beside_fact_id IS NOT NULL, documents DESC, confidence DESC,
            period_end DESC NULLS LAST, exporter, importer, exports_fact_id, imports_fact_id
    ) <= $flows
)

FROM best_flows
ORDER BY exporter, importer, commodity NULLS FIRST, unit, period_end NULLS LAST, period_start NULLS FIRST, modality,
    exports_fact_id, imports_fact_id;
