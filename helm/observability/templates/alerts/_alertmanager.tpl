{{/* Takes (list sources targets equal), names without their prefix, separated by a bar. */}}
{{- define "observability.inhibition" -}}
- source_matchers: ['alertname=~"Trellis({{ index . 0 }})"']
  target_matchers: ['alertname=~"Trellis({{ index . 1 }})"']
  equal: [{{ index . 2 }}]
{{- end }}

{{/*
Who is told what. A cause inhibits what follows from it in its namespace, so that one fault is one page, and that page names the instance.
*/}}
{{- define "observability.alertmanagerConfig" -}}
{{- $felt := "ErrorBudgetBurn|LatencyBudgetBurn|CircuitBreakerOpen|ConsumerLagGrowing|PoolExhausted" -}}
{{- $values := .Values.alertmanager -}}
{{- $receivers := $values.receivers -}}
{{- with $values.webhook -}}
{{- $receivers = append $receivers (dict "name" "webhook" "webhook_configs" (list (dict "url" . "send_resolved" true))) -}}
{{- end -}}
{{- $receivers = append $receivers (dict "name" "nobody") -}}
route:
  receiver: {{ (first $receivers).name | quote }}
  group_by: [alertname, namespace, service]
  group_wait: {{ include "observability.scaled" (list . "30s") }}
  group_interval: {{ include "observability.scaled" (list . "5m") }}
  repeat_interval: 4h
  routes:
    - {receiver: {{ empty $values.watchdog | ternary "nobody" "watchdog" }}, matchers: ['alertname="TrellisWatchdog"'], repeat_interval: 1m}
    - {receiver: nobody, matchers: ['severity="none"']}
    {{- with $values.routes }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
receivers:
  {{- with $values.watchdog }}
  - {name: watchdog, webhook_configs: [{url: {{ . | quote }}, send_resolved: false}]}
  {{- end }}
  {{- toYaml $receivers | nindent 2 }}
inhibit_rules:
  {{- include "observability.inhibition" (list "DatabaseDown" (printf "%s|NeighbourSlow|VersionFailing" $felt) "namespace") | nindent 2 }}
  {{- include "observability.inhibition" (list "BrokerDown" (printf "%s|DeadLetters|TopicNotCompacted" $felt) "namespace") | nindent 2 }}
  {{- include "observability.inhibition" (list "CrashLoop" (printf "%s|NeighbourSlow|VersionFailing" $felt) "namespace") | nindent 2 }}
  {{- include "observability.inhibition" (list "CrashLoop|MigrationFailed" "SignalMissing" "namespace, service") | nindent 2 }}
  # the pod of a database or of the broker, where they run in the cluster
  {{- include "observability.inhibition" (list "CrashLoop" "DatabaseDown|BrokerDown" "namespace, workload") | nindent 2 }}
  {{- include "observability.inhibition" (list "VersionFailing" (printf "%s|NeighbourSlow" $felt) "namespace") | nindent 2 }}
  {{- include "observability.inhibition" (list "NeighbourSlow" $felt "namespace") | nindent 2 }}
  - source_matchers: [alertname="TrellisSignalMissing", severity="page"]
    target_matchers: ['alertname=~"Trellis({{ $felt }}|NeighbourSlow)"']
    equal: [namespace]
  # a cause that is gone, for as long as what followed from it is still counted
  - source_matchers: [alertname="TrellisRecentRootCause", lasting="30m"]
    target_matchers: ['alertname=~"Trellis({{ $felt }})"']
    equal: [namespace]
  - source_matchers: [alertname="TrellisRecentRootCause", lasting="10m", 'cause=~"Trellis(DatabaseDown|CrashLoop)"']
    target_matchers: ['alertname=~"Trellis(NeighbourSlow|VersionFailing)"']
    equal: [namespace]
  # what is used up fast is also used up slowly
  - source_matchers: ['alertname=~"Trellis(ErrorBudgetBurn|LatencyBudgetBurn)"', severity="page"]
    target_matchers: ['alertname=~"Trellis(ErrorBudgetBurn|LatencyBudgetBurn)"', severity="ticket"]
    equal: [alertname, namespace, service, route, method]
{{- end }}

{{/* One instance, which talks to no others of its kind. */}}
{{- define "observability.alertmanagerContainer" -}}
args:
  - --config.file=/etc/alertmanager/alertmanager.yaml
  - --storage.path=/data
  - --data.retention={{ .Values.alertmanager.retention }}
  - --web.listen-address=:9093
  - --cluster.listen-address=
  - --log.level=warn
ports: [{name: http, containerPort: 9093}]
{{ include "observability.probes" (list "/-/ready" "http") }}
{{- end }}

{{/* Where receivers are only they know. */}}
{{- define "observability.alertmanagerEgress" -}}
{{- if .Values.alertmanager.receivers -}}
- {}
{{- else -}}
{{- include "trellis-common.egressOfEveryone" . }}
{{- range list .Values.alertmanager.webhook .Values.alertmanager.watchdog }}
{{- with . }}
- ports: [{port: {{ include "observability.portOf" . }}}]
{{- end }}
{{- end }}
{{- end }}
{{- end }}
