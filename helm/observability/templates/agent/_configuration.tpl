{{- define "observability.agentConfiguration" -}}
{{- $cut := .Values.agent.maxMessageSize | int64 -}}
receivers:
  file_log:
    include:
      {{- range .Values.agent.namespaces | default (list "*") }}
      - /var/log/pods/{{ . }}_*/*/*.log
      - /var/log/pods/{{ . }}_*/*/*.log.* # what was rotated before it was read
      {{- end }}
    exclude:
      - /var/log/pods/*/*/*.gz
      - /var/log/pods/*/*/*.tmp
      {{- if not .Values.agent.namespaces }}
      - /var/log/pods/{{ .Release.Namespace }}_*/*/*
      {{- end }}
    start_at: beginning
    poll_interval: 500ms
    include_file_path: true
    max_concurrent_files: 256
    storage: file_storage
    retry_on_failure: {enabled: true, max_elapsed_time: 0}
    operators:
      - {type: container, max_log_size: 2MiB}
      - type: router
        routes:
          - {expr: 'body matches "^[{]"', output: json}
        default: lines
      - id: json
        type: json_parser
        on_error: send_quiet # a line that only begins like JSON stays as it is
        output: message
      # lines of text: a stack trace is one event, and PostgreSQL, Kafka or Istio say how severe it is near the beginning
      - id: lines
        type: recombine
        combine_field: body
        is_first_entry: 'body not matches "^(\\s|Caused by: |#)"'
        source_identifier: attributes["log.file.path"]
        overwrite_with: oldest
        force_flush_period: 1s
        max_log_size: 1MiB
      - type: regex_parser
        if: 'body matches "^.{0,100}?\\b(PANIC|FATAL|ERROR|WARN|WARNING|NOTICE|INFO|LOG|DEBUG|error|warn|info|debug)\\b"'
        regex: '^.{0,100}?\b(?P<level>PANIC|FATAL|ERROR|WARN|WARNING|NOTICE|INFO|LOG|DEBUG|error|warn|info|debug)\b'
      - id: message
        type: move
        if: 'attributes.message != nil and type(attributes.message) == "string"'
        from: attributes.message
        to: body
      - type: time_parser
        if: 'attributes.timestamp != nil'
        parse_from: attributes.timestamp
        layout_type: gotime
        layout: "2006-01-02T15:04:05.999999999Z07:00"
        on_error: send_quiet
      - type: severity_parser
        if: 'attributes.level != nil'
        parse_from: attributes.level
        mapping: {warn: warning, error: [severe, err], fatal: panic, info: [log, notice], debug: [fine, finer], trace: finest}
        overwrite_text: true
        on_error: send_quiet
      - type: trace_parser
        if: 'attributes.traceId != nil'
        trace_id: {parse_from: attributes.traceId}
        span_id: {parse_from: attributes.spanId}
        on_error: send_quiet
      - type: trace_parser
        if: 'attributes.mdc?.traceId != nil'
        trace_id: {parse_from: attributes.mdc.traceId}
        span_id: {parse_from: attributes.mdc.spanId}
        on_error: send_quiet
processors:
  memory_limiter: {check_interval: 1s, limit_percentage: 80, spike_limit_percentage: 25}
  k8s_attributes:
    auth_type: serviceAccount
    filter: {node_from_env_var: NODE}
    wait_for_metadata: true # or the first lines after a start had no service
    wait_for_metadata_timeout: 30s
    pod_association: [{sources: [{from: resource_attribute, name: k8s.pod.uid}]}]
    extract:
      metadata: [k8s.node.name]
      labels:
        - {tag_name: service.name, key: app.kubernetes.io/name, from: pod}
        - {tag_name: service.version, key: app.kubernetes.io/version, from: pod}
  transform:
    error_mode: ignore
    log_statements:
      - context: log
        statements:
          # a pod without labels, or gone before Kubernetes was asked
          - >-
            set(resource.attributes["service.name"], resource.attributes["k8s.container.name"])
            where resource.attributes["service.name"] == nil
          - set(resource.attributes["k8s.node.name"], "${env:NODE}") where resource.attributes["k8s.node.name"] == nil
          # the beginning of a line that is too long to be parsed
          - >-
            set(log.trace_id.string, ExtractPatterns(log.body, "\"traceId\": ?\"(?P<id>[0-9a-f]{32})\"")["id"])
            where IsString(log.body) and log.trace_id.string == "00000000000000000000000000000000"
            and IsMatch(log.body, "^[{].*\"traceId\": ?\"[0-9a-f]{32}\"")
          # what VictoriaLogs takes of a line is limited: it drops a longer one
          - set(log.attributes["cut"], Len(log.body)) where IsString(log.body) and Len(log.body) > {{ $cut }}
          - >-
            set(log.body, Concat([Substring(log.body, 0, {{ $cut }}), "... (cut)"], ""))
            where IsString(log.body) and Len(log.body) > {{ $cut }}
          - truncate_all(log.attributes, {{ $cut }})
          {{- range $key := list "message" "timestamp" "level" "traceId" "spanId" "mdc" "logtag"
              "log.file.path" "log.file.name" "loggerClassName" "sequence" "processId" "processName" "hostName" "ndc" "threadId" }}
          - delete_key(log.attributes, "{{ $key }}")
          {{- end }}
exporters:
  otlp_http:
    {{- include "observability.logsExporter" . | nindent 4 }}
    {{- include "observability.queue" .Values.agent.queueSize | nindent 4 }}
service:
  pipelines:
    logs: {receivers: [file_log], processors: [memory_limiter, k8s_attributes, transform], exporters: [otlp_http]}
{{- end }}

{{- define "observability.agentConfig" -}}
{{- $config := include "observability.collectorBase" . | fromYaml | merge (include "observability.agentConfiguration" . | fromYaml) -}}
{{- $_ := set $config.exporters.otlp_http.sending_queue "block_on_overflow" true -}}
{{ toYaml $config }}
{{- end }}
