{{/* Takes (list context name): the identity of a part of the landscape, by its name. `cluster.local` stands for any trust domain. */}}
{{- define "trellis-common.principal" -}}
{{- $context := first . -}}
{{- $account := get ((default dict $context.Values.global).mesh.serviceAccounts | default dict) (last .) | default (last .) -}}
cluster.local/ns/{{ $context.Release.Namespace }}/sa/{{ $account }}
{{- end }}

{{/* Takes a dict, of which all is optional: principals, ports, methods, paths, scope. A rule of an AuthorizationPolicy. */}}
{{- define "trellis-common.allow" -}}
{{- $operation := pick . "ports" "methods" "paths" -}}
- to: [{operation: {{ toJson $operation }}}]
  {{- with .principals }}
  from: [{source: {principals: {{ toJson . }}}}]
  {{- end }}
  {{- with .scope }}
  when: [{key: "request.auth.claims[scope]", values: [{{ . | quote }}]}]
  {{- end }}
{{- end }}

{{/* Allows only the calls that the chart states, and what the user adds: a namespace's other policies may deny all others. */}}
{{- define "trellis-common.authorizationpolicy" -}}
{{- $policy := .Values.authorizationPolicy -}}
{{- if include "trellis-common.mesh" . -}}
{{- $connections := include "trellis-common.connections" . | fromJson -}}
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: {{ .Chart.Name }}
  labels: {{- include "trellis-common.serviceLabels" (list . "service") | nindent 4 }}
spec:
  selector:
    matchLabels: {{- include "trellis-common.selector" (dict "context" . "component" "service") | nindent 6 }}
  action: ALLOW
  rules:
    {{- range $caller, $calls := $connections.callers }}
    {{- $principals := list (include "trellis-common.principal" (list $ $caller)) }}
    {{- include "trellis-common.allow" (merge (dict "principals" $principals "ports" (list "8080")) $calls) | nindent 4 }}
    {{- end }}
    {{- range $connections.clients }}
    {{- include "trellis-common.allow" (merge (dict "ports" (list "8080")) .) | nindent 4 }}
    {{- end }}
    {{- with $policy.extraRules }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
{{- else }}
{{- range $key, $value := $policy }}
{{- if $value }}
{{- fail (printf "%s: authorizationPolicy.%s has no effect outside a mesh: set mesh.mode to sidecar" $.Chart.Name $key) }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
