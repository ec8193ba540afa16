{{/*
A dashboard is written once, in files/dashboards: its title and description, and rows of panels. A panel has a title, a description, a unit
in Grafana's spelling (one of observability.unit), queries with their legends, and perhaps the alert whose runbook says more. The names in
`terms` stand for their texts in the queries. $namespace, $service and $__rate_interval are variables of Grafana's, which the page of
VictoriaMetrics doesn't have. With `perService` it is about one service; a row with `for` is then shown for readers or for callers only.
`<<name>>` stands for an objective, as in the rules, or for what it leaves, in percent.
*/}}

{{/* Takes (list context path), as YAML. */}}
{{- define "observability.dashboard" -}}
{{- $text := (first .).Files.Get (last .) -}}
{{- $objectives := include "observability.objectives" (first .) | fromJson -}}
{{- $percent := dict "mayFail" (subf 100 $objectives.availability) "mayBeSlow" (subf 100 $objectives.latency) -}}
{{- range $name, $value := merge $percent $objectives }}
{{- $text = replace (printf "<<%s>>" $name) (toString $value) $text -}}
{{- end -}}
{{ $text }}
{{- end }}

{{/* Takes (list expression names), the texts by the names that stand for them; terms may contain variables, so they are first. */}}
{{- define "observability.expression" -}}
{{- $expression := first . -}}
{{- range rest . }}
{{- range $name, $text := . }}{{ $expression = replace $name $text $expression }}{{ end }}
{{- end -}}
{{ $expression }}
{{- end }}

{{/* Takes (list context panel): its description in Markdown, with a link to the alert's runbook. */}}
{{- define "observability.panelDescription" -}}
{{- $panel := last . -}}
{{ $panel.description }}.
{{- with $panel.runbook }} [Runbook]({{ include "observability.runbooks" (first $) }}/{{ . }}.md).{{ end -}}
{{- end }}

{{/* Takes a unit of Grafana's: what the page of VictoriaMetrics writes behind a number. */}}
{{- define "observability.unit" -}}
{{ get (dict "reqps" "/s" "ops" "/s" "percent" "%" "s" "s" "ms" "ms" "d" "d" "mbytes" "MiB" "MBs" "MB/s" "short" "") . }}
{{- end }}
