{{/*
Takes (list context source variables kind): a dashboard of VictoriaMetrics' own page, as JSON. With several namespaces a legend names them.
*/}}
{{- define "observability.vmui" -}}
{{- $context := index . 0 -}}
{{- $source := index . 1 -}}
{{- $variables := index . 2 -}}
{{- $kind := index . 3 -}}
{{- $prefix := eq 1 (len $context.Values.dashboards.namespaces) | ternary "" "{{namespace}}: " -}}
{{- $rows := list -}}
{{- range $row := $source.rows -}}
{{- if eq $kind ($row.for | default $kind) -}}
{{- $panels := list -}}
{{- range $panel := $row.panels -}}
{{- $expressions := list -}}
{{- $aliases := list -}}
{{- range $query := $panel.queries -}}
{{- $expressions = append $expressions (include "observability.expression" (list $query.expr ($source.terms | default dict) $variables)) -}}
{{- $aliases = append $aliases (print (contains "namespace" (last $expressions) | ternary $prefix "") $query.legend) -}}
{{- end -}}
{{- $panels = append $panels (dict "title" $panel.title "description" (include "observability.panelDescription" (list $context $panel))
    "unit" (include "observability.unit" $panel.unit) "expr" $expressions "alias" $aliases "showLegend" true "width" 4) -}}
{{- end -}}
{{- $rows = append $rows (dict "title" $row.title "panels" $panels) -}}
{{- end -}}
{{- end -}}
{{- $service := get $variables "$service" -}}
{{ dict "title" ($service | default $source.title) "rows" $rows | toRawJson }}
{{- end }}
