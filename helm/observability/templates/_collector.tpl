{{/* What agent and gateway have alike: health, their own metrics, and a folder for what has to survive them. */}}
{{- define "observability.collectorBase" -}}
extensions:
  health_check: {endpoint: "0.0.0.0:13133"}
  file_storage:
    directory: /var/lib/otelcol
    create_directory: true
    compaction: {on_start: true, on_rebound: true, directory: /var/lib/otelcol}
service:
  extensions: [health_check, file_storage]
  telemetry:
    logs: {level: warn, encoding: json}
    metrics:
      readers: [{pull: {exporter: {prometheus: {host: 0.0.0.0, port: 8888}}}}]
{{- end }}

{{/*
Takes a size in bytes: a queue on disk, from which an exporter tries for ever. Batches are made behind it, so that nothing that was accepted
is in memory alone. A batch that a slow backend does not take in time is sent again as a whole: larger ones were never taken.
*/}}
{{- define "observability.queue" -}}
timeout: 30s
retry_on_failure: {initial_interval: 1s, max_interval: 10s, max_elapsed_time: 0}
sending_queue:
  storage: file_storage
  sizer: bytes
  queue_size: {{ int64 . }}
  batch: {flush_timeout: 1s, sizer: bytes, min_size: 262144, max_size: 1048576}
{{- end }}

{{/* To VictoriaLogs, by the agent and by the gateway. A stream is a container's log; a field more in it would be a stream more. */}}
{{- define "observability.logsExporter" -}}
logs_endpoint: {{ include "observability.logs" . }}/insert/opentelemetry/v1/logs
headers: {VL-Stream-Fields: "k8s.namespace.name,k8s.pod.name,k8s.container.name"}
{{- end }}
