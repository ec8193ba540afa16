{{/* Takes a dict: context, status, title, detail; challenge, retryAfter if there are any: how a local reply is written. */}}
{{- define "mesh.problem" -}}
status_code: {{ .status }}
body_format_override:
  content_type: application/problem+json
  omit_empty_values: true
  json_format:
    type: about:blank
    title: {{ .title }}
    status: {{ .status }}
    detail: {{ .detail | quote }}
    instance: "%PATH(NQ:ORIG_OR_PATH)%"
    requestId: "%REQ(X-REQUEST-ID)%"
    {{- if .context.Values.tracing.provider }}
    traceId: "%REQ(X-TRELLIS-TRACE)%"
    {{- end }}
headers_to_add:
  {{- with .challenge }}
  - header: {key: WWW-Authenticate, value: {{ . | squote }}}
    append_action: OVERWRITE_IF_EXISTS_OR_ADD
  {{- end }}
  {{- with .retryAfter }}
  - header: {key: Retry-After, value: {{ . | quote }}}
    append_action: ADD_IF_ABSENT
  {{- end }}
  {{- with .context.Values.gateway.tls.hsts }}
  - header: {key: Strict-Transport-Security, value: {{ . | quote }}}
    append_action: OVERWRITE_IF_EXISTS_OR_ADD
  {{- end }}
{{- end }}

{{/* Matches a status, as a filter of Envoy. */}}
{{- define "mesh.status" -}}
status_code_filter: {comparison: {op: EQ, value: {default_value: {{ . }}, runtime_key: edge.status}}}
{{- end }}

{{/* The local replies of the gateway, the first that matches: what is not here is answered by a service. */}}
{{- define "mesh.problems" -}}
# nothing is served at this address, whoever asks
- filter:
    and_filter:
      filters:
        - {{- include "mesh.status" 403 | nindent 10 }}
        - extension_filter:
            name: envoy.access_loggers.extension_filters.cel
            typed_config:
              "@type": type.googleapis.com/envoy.extensions.access_loggers.filters.cel.v3.ExpressionFilter
              expression: "!has(xds.route_name) || xds.route_name == ''"
  {{- include "mesh.problem" (dict "context" . "status" 404 "title" "Not Found" "detail" "Nothing is served at this address") | nindent 2 }}
# a token for another audience, for which Envoy's status is 403
- filter:
    and_filter:
      filters:
        - {{- include "mesh.status" 403 | nindent 10 }}
        - extension_filter:
            name: envoy.access_loggers.extension_filters.cel
            typed_config:
              "@type": type.googleapis.com/envoy.extensions.access_loggers.filters.cel.v3.ExpressionFilter
              expression: "response.code_details.startsWith('jwt_authn_access_denied')"
  {{- include "mesh.problem" (dict "context" . "status" 401 "title" "Unauthorized"
      "challenge" "Bearer realm=\"trellis\", error=\"invalid_token\""
      "detail" "The access token is not accepted: %LOCAL_REPLY_BODY%") | nindent 2 }}
# a request without a token
- filter:
    and_filter:
      filters:
        - {{- include "mesh.status" 403 | nindent 10 }}
        - metadata_filter:
            match_if_key_not_found: true
            matcher:
              filter: envoy.filters.http.jwt_authn
              path: [{key: payload}]
              value: {null_match: {}} # matches nothing that is there
  {{- include "mesh.problem" (dict "context" . "status" 401 "title" "Unauthorized" "challenge" "Bearer realm=\"trellis\""
      "detail" "This needs an access token, as `Authorization: Bearer ...`") | nindent 2 }}
{{- range $status, $problem := dict
    "400" (list "Bad Request" "The request is not valid HTTP")
    "401" (list "Unauthorized" "The access token is not accepted: %LOCAL_REPLY_BODY%" "Bearer realm=\"trellis\", error=\"invalid_token\"")
    "403" (list "Forbidden" "The access token lacks the scope that this needs: product:read to read, product:write to write"
        "Bearer realm=\"trellis\", error=\"insufficient_scope\"")
    "404" (list "Not Found" "Nothing is served at this address")
    "408" (list "Request Timeout" "The request took too long to arrive")
    "413" (list "Content Too Large" (printf "The body is larger than %v KiB" .Values.gateway.limits.body))
    "426" (list "Upgrade Required" "HTTP/1.1 or HTTP/2 is needed")
    "429" (list "Too Many Requests" "This client calls too often")
    "431" (list "Request Header Fields Too Large" (printf "The headers are larger than %v KiB" .Values.gateway.limits.headers))
    "500" (list "Internal Server Error" "The gateway failed")
    "502" (list "Bad Gateway" "The service gave no valid answer")
    "503" (list "Service Unavailable" "The service is not available")
    "504" (list "Gateway Timeout" "The service took too long") }}
- filter: {{- include "mesh.status" $status | nindent 4 }}
  {{- include "mesh.problem" (dict "context" $ "status" $status "title" (first $problem) "detail" (index $problem 1)
      "challenge" (rest $problem | rest | join "") "retryAfter" (has $status (list "429" "503") | ternary "1" "")) | nindent 2 }}
{{- end }}
{{- end }}
