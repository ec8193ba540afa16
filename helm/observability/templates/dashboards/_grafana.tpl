{{- define "observability.grafanaDatasource" -}}
{type: prometheus, uid: "${datasource}"}
{{- end }}

{{/* Takes (list label query title): a variable whose values are those of a label. */}}
{{- define "observability.grafanaVariable" -}}
name: {{ index . 0 }}
label: {{ index . 0 | title }}
type: query
datasource: {{ include "observability.grafanaDatasource" . }}
definition: {{ index . 1 | quote }}
query: {query: {{ index . 1 | quote }}, refId: {{ index . 0 }}}
refresh: 2 # whenever the time range is changed
sort: 1
multi: false
includeAll: false
hide: 0
{{- end }}

{{/* Takes (list context source panel id column line): three panels side by side, of 24 columns. */}}
{{- define "observability.grafanaPanel" -}}
{{- $source := index . 1 -}}
{{- $panel := index . 2 -}}
id: {{ index . 3 }}
type: timeseries
title: {{ $panel.title | quote }}
description: {{ include "observability.panelDescription" (list (index . 0) $panel) | quote }}
datasource: {{ include "observability.grafanaDatasource" . }}
gridPos: {h: 8, w: 8, x: {{ index . 4 }}, "y": {{ index . 5 }}} # y is true
fieldConfig:
  defaults:
    unit: {{ $panel.unit }}
    min: 0
    color: {mode: palette-classic}
    custom: {drawStyle: line, lineWidth: 1, fillOpacity: 10, showPoints: never, spanNulls: false}
  overrides: []
options:
  legend: {displayMode: list, placement: bottom, showLegend: true, calcs: []}
  tooltip: {mode: multi, sort: desc}
targets:
  {{- range $i, $query := $panel.queries }}
  - refId: {{ index (list "A" "B" "C" "D") $i }}
    datasource: {{ include "observability.grafanaDatasource" $ }}
    editorMode: code
    expr: {{ include "observability.expression" (list $query.expr ($source.terms | default dict)) | quote }}
    legendFormat: {{ $query.legend | quote }}
    range: true
    instant: false
  {{- end }}
{{- end }}

{{/* Takes (list context source name): a dashboard in Grafana's JSON model, as YAML. */}}
{{- define "observability.grafana" -}}
{{- $context := index . 0 -}}
{{- $source := index . 1 -}}
uid: trellis-{{ index . 2 }}
title: Trellis / {{ $source.title }}
description: {{ $source.description | quote }}
tags: [trellis]
schemaVersion: 39
version: 1
editable: true
graphTooltip: 1 # a cursor in all panels
timezone: browser
refresh: 30s
time: {from: now-1h, to: now}
annotations: {list: []}
links:
  - {type: dashboards, title: Trellis, tags: [trellis], asDropdown: true, includeVars: true, keepTime: true, icon: external link}
templating:
  list:
    - {name: datasource, label: Data source, type: datasource, query: prometheus, refresh: 1, includeAll: false, multi: false}
    - {{- include "observability.grafanaVariable" (list "namespace"
          "label_values(http_server_requests_seconds_count, namespace)") | nindent 6 }}
    {{- if $source.perService }}
    - {{- include "observability.grafanaVariable" (list "service"
          `label_values(http_server_requests_seconds_count{namespace=~"$namespace"}, service)`) | nindent 6 }}
    {{- end }}
panels:
  {{- $id := 1 }}
  {{- $line := 0 }}
  {{- range $row := $source.rows }}
  - id: {{ $id }}
    type: row
    title: {{ $row.title | quote }}
    collapsed: false
    panels: []
    gridPos: {h: 1, w: 24, x: 0, "y": {{ $line }}}
  {{- range $i, $panel := $row.panels }}
  {{- $y := add $line 1 (mul 8 (div $i 3)) }}
  - {{- include "observability.grafanaPanel" (list $context $source $panel (add $id 1 $i) (mul 8 (mod $i 3)) $y) | nindent 4 }}
  {{- end }}
  {{- $id = add $id 1 (len $row.panels) }}
  {{- $line = add $line 1 (mul 8 (div (add 2 (len $row.panels)) 3)) }}
  {{- end }}
{{- end }}
