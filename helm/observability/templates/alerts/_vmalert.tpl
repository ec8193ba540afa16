{{/* Whether there is a vmalert, which needs metrics; empty if not. */}}
{{- define "observability.vmalert" -}}
{{- if and .Values.vmalert.enabled (include "observability.metrics" .) }}yes{{ end -}}
{{- end }}

{{/* Where alerts are sent to; empty if nowhere. */}}
{{- define "observability.alertmanager" -}}
{{ .Values.alertmanager.enabled | ternary "http://alertmanager:9093" .Values.alertmanager.address }}
{{- end }}

{{/* Its state is in the metrics: a vmalert that is replaced reads there for how long each alert has held. */}}
{{- define "observability.vmalertContainer" -}}
{{- $metrics := include "observability.metrics" . -}}
args:
  - -rule=/etc/vmalert/rules.yaml
  - -httpListenAddr=:8880
  - -datasource.url={{ $metrics }}
  - -remoteWrite.url={{ $metrics }}
  - -remoteRead.url={{ $metrics }}
  {{- with include "observability.alertmanager" . }}
  - -notifier.url={{ . }}
  {{- else }}
  - -notifier.blackhole
  {{- end }}
  - -loggerLevel=WARN
ports: [{name: http, containerPort: 8880}]
{{ include "observability.probes" (list "/health" "http") }}
{{- end }}

{{/* Takes (list context enabled address name port): the connection to a part, here or elsewhere. */}}
{{- define "observability.egressTo" -}}
{{- if index . 1 }}
- ports: [{port: {{ index . 4 }}}]
  to:
    - {{- include "observability.pods" (index . 3) | nindent 6 }}
{{- else if index . 2 }}
- ports: [{port: {{ include "observability.portOf" (index . 2) }}}]
{{- end }}
{{- end }}

{{/* Takes an address: its port. */}}
{{- define "observability.portOf" -}}
{{ regexFind ":[0-9]+" (regexReplaceAll "^https?://" . "") | trimPrefix ":" | default (hasPrefix "https:" . | ternary "443" "80") }}
{{- end }}
