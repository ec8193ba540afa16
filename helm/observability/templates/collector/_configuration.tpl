{{- define "observability.gatewayConfiguration" -}}
receivers:
  otlp:
    protocols:
      grpc: {endpoint: "0.0.0.0:4317", max_recv_msg_size_mib: 16}
      http: {endpoint: "0.0.0.0:4318"}
  k8s_cluster:
    auth_type: serviceAccount
    collection_interval: 30s
    node_conditions_to_report: []
    metrics:
      {{- range $metric := list "container.cpu_limit" "container.cpu_request" "container.memory_limit" "container.memory_request"
          "container.ephemeralstorage_limit" "container.ephemeralstorage_request" "container.storage_limit" "container.storage_request"
          "namespace.phase" "replicaset.available" "replicaset.desired" "replication_controller.available"
          "replication_controller.desired" "resource_quota.hard_limit" "resource_quota.used" }}
      k8s.{{ $metric }}: {enabled: false}
      {{- end }}
    # what differs between two instances of a name would make new series of each
    resource_attributes:
      {{- range $attribute := list "container.id" "container.image.name" "container.image.tag" "k8s.cronjob.uid" "k8s.daemonset.uid"
          "k8s.deployment.uid" "k8s.hpa.uid" "k8s.job.uid" "k8s.namespace.uid" "k8s.node.uid" "k8s.pod.uid" "k8s.replicaset.uid"
          "k8s.statefulset.uid" }}
      {{ $attribute }}: {enabled: false}
      {{- end }}
processors:
  memory_limiter: {check_interval: 1s, limit_percentage: 80, spike_limit_percentage: 25}
  # texts of callers: deleted, or kept if they are what the API has
  transform/private:
    error_mode: ignore
    trace_statements:
      - context: span
        statements:
          - set(span.trace_state, "")
          {{- range $key := list "user_agent" "user_agent.original" "http.user_agent" "url.query" "peer.address" "client.address"
              "net.peer.ip" "net.sock.peer.addr" }}
          - delete_key(span.attributes, "{{ $key }}")
          {{- end }}
          {{- range $key := list "http.url" "url.full" "http.target" "url.path" }}
          - replace_pattern(span.attributes["{{ $key }}"], "^[a-z]+://[^/?#]*|[?#].*$", "")
          - >-
            set(span.attributes["{{ $key }}"], "REDACTED") where span.attributes["{{ $key }}"] != nil
            and not IsMatch(span.attributes["{{ $key }}"], "^(/v[0-9]+/[a-z-]+(/[0-9]+)?|/q/[a-z/]+)$")
          {{- end }}
          # of a request that has no route, the path is the caller's
          - >-
            set(span.attributes["http.url"], "REDACTED")
            where span.attributes["component"] == "proxy" and span.attributes["upstream_cluster"] == nil
          - >-
            set(span.attributes["http.method"], "REDACTED") where span.attributes["http.method"] != nil
            and not IsMatch(span.attributes["http.method"], "^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|TRACE|CONNECT)$")
          - >-
            delete_key(span.attributes, "guid:x-request-id")
            where not IsMatch(span.attributes["guid:x-request-id"], "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
  # the labels that scraped metrics have
  transform/labels:
    error_mode: ignore
    metric_statements:
      - context: resource
        statements:
          {{- range $kind := list "namespace" "pod" "container" "node" "deployment" "statefulset" "daemonset" "job" "cronjob" "hpa" }}
          - >-
            set(resource.attributes["{{ eq $kind "job" | ternary "k8s_job" $kind }}"], resource.attributes["k8s.{{ $kind }}.name"])
            where resource.attributes["k8s.{{ $kind }}.name"] != nil
          {{- end }}
          - delete_matching_keys(resource.attributes, "^(k8s|container)[.]|^service[.](instance[.]id|namespace)$|^hpa[.]|^telemetry[.]")
  {{- with .Values.tailSampling }}
  {{- if .enabled }}
  tail_sampling:
    decision_wait: {{ .decisionWait }}
    num_traces: 20000
    policies:
      - {name: errors, type: status_code, status_code: {status_codes: [ERROR]}}
      - {name: slow, type: latency, latency: {threshold_ms: {{ include "observability.milliseconds" .slowerThan }}}}
      - {name: some, type: probabilistic, probabilistic: {sampling_percentage: {{ .percentage }}}}
  {{- end }}
  {{- end }}
exporters:
  {{- with include "observability.logs" . }}
  otlp_http/logs:
    {{- include "observability.logsExporter" $ | nindent 4 }}
    {{- include "observability.queue" $.Values.collector.queueSize | nindent 4 }}
  {{- end }}
  {{- with include "observability.traces" . }}
  otlp_grpc:
    endpoint: {{ . }}
    tls: {insecure: {{ hasPrefix "http:" . }}}
    {{- include "observability.queue" $.Values.collector.queueSize | nindent 4 }}
  {{- end }}
  {{- with include "observability.metrics" . }}
  otlp_http/metrics:
    metrics_endpoint: {{ . }}/opentelemetry/v1/metrics
    {{- include "observability.queue" $.Values.collector.queueSize | nindent 4 }}
  {{- end }}
service:
  pipelines:
    {{- if include "observability.logs" . }}
    logs: {receivers: [otlp], processors: [memory_limiter], exporters: [otlp_http/logs]}
    {{- end }}
    {{- if include "observability.traces" . }}
    traces:
      receivers: [otlp]
      processors: [memory_limiter, transform/private{{ if .Values.tailSampling.enabled }}, tail_sampling{{ end }}]
      exporters: [otlp_grpc]
    {{- end }}
    {{- if include "observability.metrics" . }}
    metrics: {receivers: [otlp, k8s_cluster], processors: [memory_limiter, transform/labels], exporters: [otlp_http/metrics]}
    {{- end }}
{{- end }}

{{- define "observability.gatewayConfig" -}}
{{- include "observability.collectorBase" . | fromYaml | merge (include "observability.gatewayConfiguration" . | fromYaml) | toYaml -}}
{{- end }}

{{/* Takes a duration. */}}
{{- define "observability.milliseconds" -}}
{{- $number := regexFind "^[0-9]+" . | int64 -}}
{{- mul $number (get (dict "ms" 1 "s" 1000 "m" 60000 "h" 3600000) (regexFind "[a-z]+$" .)) -}}
{{- end }}
