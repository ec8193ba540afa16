{{/* Paths that are logged, as expressions of CEL: those that the parts serve, with ids of digits. A caller made up the rest of a path. */}}
{{- define "mesh.knownPaths" -}}
{{- $expressions := list -}}
{{- range dig "mesh" "paths" list (default dict .Values.global) -}}
{{- if hasSuffix "/*" . -}}
{{- $size := add (len .) 18 -}}
{{- $pattern := printf "request.url_path.matches('^%s[0-9]+$') && size(request.url_path) <= %d" (trimSuffix "*" .) $size -}}
{{- $expressions = append $expressions (printf "(%s)" $pattern) -}}
{{- else -}}
{{- $expressions = append $expressions (printf "request.url_path == '%s'" .) -}}
{{- end -}}
{{- end -}}
{{- join " || " $expressions | default "false" -}}
{{- end }}

{{/*
Takes (list context service direction): a logger of Envoy. None of its fields is a text that a caller can write, so the method, the path and
the id of the request are there only if they are known ones.
*/}}
{{- define "mesh.accessLogger" -}}
{{- $methods := list "GET" "HEAD" "PUT" "DELETE" "POST" "PATCH" "OPTIONS" -}}
{{- $method := printf "%%CEL(request.method in ['%s'] ? request.method : '-')%%" (join "', '" $methods) -}}
{{- $path := printf "%%CEL(%s ? request.url_path : '-')%%" (include "mesh.knownPaths" (first .)) -}}
name: envoy.access_loggers.file
{{- with eq (index . 2) "outbound" | ternary (include "mesh.collectorPorts" (first .) | fromJsonArray) list }}
filter:
  extension_filter:
    name: envoy.access_loggers.extension_filters.cel
    typed_config:
      "@type": type.googleapis.com/envoy.extensions.access_loggers.filters.cel.v3.ExpressionFilter
      expression: "!has(xds.cluster_name) || !xds.cluster_name.matches('^outbound[|]({{ join "|" . }})[|]')"
{{- end }}
typed_config:
  "@type": type.googleapis.com/envoy.extensions.access_loggers.file.v3.FileAccessLog
  path: /dev/stdout
  log_format:
    json_format:
      timestamp: "%START_TIME%"
      level: INFO
      loggerName: access
      service: {{ index . 1 | quote }}
      direction: {{ index . 2 }}
      message: {{ printf "%s %s %%RESPONSE_CODE%%" $method $path | quote }}
      method: {{ $method | quote }}
      path: {{ $path | quote }}
      status: "%RESPONSE_CODE%"
      duration: "%DURATION%"
      {{- if (first .).Values.tracing.provider }}
      traceId: "%TRACE_ID%"
      spanId: "%SPAN_ID%"
      {{- else }} # without a provider a proxy has no trace, but the application behind it may have one
      traceparent: "%CEL({{ include "mesh.hasTraceparent" . }} ? request.headers['traceparent'] : '-')%"
      {{- end }}
      requestId: "%CEL(request.id.matches('^[0-9a-f-]+$') && size(request.id) == 36 ? request.id : '-')%"
      route: "%ROUTE_NAME%"
      upstream: "%UPSTREAM_CLUSTER_RAW%"
      upstreamHost: "%UPSTREAM_HOST%"
      flags: "%RESPONSE_FLAGS%"
      details: "%RESPONSE_CODE_DETAILS%"
      bytesReceived: "%BYTES_RECEIVED%"
      bytesSent: "%BYTES_SENT%"
{{- end }}

{{- define "mesh.hasTraceparent" -}}
'traceparent' in request.headers && request.headers['traceparent'].matches('^00-[0-9a-f]+-[0-9a-f]+-0[01]$')
{{- end }}

{{/* Ports of collectors: what is said about the sending of spans is neither logged nor traced. Others than HTTP's are no one else's. */}}
{{- define "mesh.collectorPorts" -}}
{{- $ports := .Values.tracing.provider | empty | ternary list (list (.Values.tracing.port | toString)) -}}
{{- with dig "tracing" "endpoint" "" (default dict .Values.global) -}}
{{- if hasPrefix "http:" . }}{{ $ports = append $ports ((urlParse .).host | regexFind "[0-9]+$") }}{{ end -}}
{{- end -}}
{{- without (uniq $ports) "80" "8080" | toJson -}}
{{- end }}

{{/* Whether a trace is sampled, as Envoy notes it in the id of the request, and the caller, if it began there. An expression of CEL. */}}
{{- define "mesh.isSampled" -}}
request.id.matches('^[0-9a-f]+-[0-9a-f]+-[9ab]') && (!('traceparent' in request.headers) || request.headers['traceparent'].endsWith('-01'))
{{- end }}
