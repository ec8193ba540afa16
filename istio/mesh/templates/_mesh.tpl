{{- define "mesh.labels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/component: mesh
app.kubernetes.io/part-of: trellis
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: mesh-{{ .Chart.Version | replace "+" "_" }}
{{- end }}

{{/* Whether there is a gateway of our own; empty if not. */}}
{{- define "mesh.gateway" -}}
{{- if and (eq .Values.mode "sidecar") .Values.gateway.enabled }}yes{{ end -}}
{{- end }}

{{/* Takes (list context name kind apiVersion): the beginning of an object. */}}
{{- define "mesh.object" -}}
apiVersion: {{ index . 3 }}
kind: {{ index . 2 }}
metadata:
  name: {{ index . 1 }}
  labels: {{- include "mesh.labels" (first .) | nindent 4 }}
{{- end }}

{{/*
Takes (list context name): the beginning of an EnvoyFilter of the gateway. The suppressed finding of `istioctl analyze` is that it is one:
docs/edge-server.md says of each why. With a priority it comes after what Istio itself inserts.
*/}}
{{- define "mesh.envoyFilter" -}}
{{ include "mesh.object" (concat . (list "EnvoyFilter" "networking.istio.io/v1alpha3")) }}
  annotations:
    galley.istio.io/analyze-suppress: IST0133
spec:
  {{- include "mesh.targetsOfTheGateway" . | nindent 2 }}
  priority: 10
{{- end }}

{{/* What the gateway's pods are, beside what Istio says of them. */}}
{{- define "mesh.gatewayLabels" -}}
app.kubernetes.io/name: edge
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/component: gateway
{{- end }}

{{/* What a policy of Istio applies to. */}}
{{- define "mesh.targetsOfTheGateway" -}}
targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: edge}]
{{- end }}

{{- define "mesh.hostname" -}}
{{ .Values.gateway.hostname | default "trellis.localhost" }}
{{- end }}

{{/* Where users reach the landscape. */}}
{{- define "mesh.address" -}}
{{- $port := int .Values.gateway.tls.port -}}
https://{{ include "mesh.hostname" . }}{{ if ne $port 443 }}:{{ $port }}{{ end }}
{{- end }}

{{/* The issuers whose tokens are accepted, as JSON: those of the values and the demonstration's. */}}
{{- define "mesh.issuers" -}}
{{- $issuers := .Values.auth.issuers -}}
{{- with dig "mesh" "issuer" dict (default dict .Values.global) }}{{ $issuers = append $issuers . }}{{ end -}}
{{- toJson (.Values.auth.enabled | ternary $issuers list) -}}
{{- end }}

{{/* Headers that only the edge sets. Those that a trusted proxy sets are believed (mesh.gateway.trustedProxies). */}}
{{- define "mesh.strippedHeaders" -}}
{{- $proxies := list "x-forwarded-for" "x-forwarded-proto" -}}
{{- $names := list "x-forwarded-host" "x-forwarded-port" "x-forwarded-prefix" "x-forwarded-client-cert" "forwarded" "x-real-ip" -}}
{{- $names = concat $names (list "x-original-url" "x-rewrite-url" "x-trellis-client" "x-trellis-trace") -}}
{{- toJson (int .Values.gateway.trustedProxies | eq 0 | ternary (concat $proxies $names) $names) -}}
{{- end }}

{{/* What a user calls next; also part of the umbrella's notes. */}}
{{- define "mesh.notes" -}}
{{- if include "mesh.gateway" . -}}
{{- $port := .Values.gateway.tls.port -}}
The public API is served by the gateway `edge` at {{ include "mesh.address" . }}:
  kubectl --namespace {{ .Release.Namespace }} wait --for=condition=Programmed gateway/edge
  edge=$(kubectl --namespace {{ .Release.Namespace }} get gateway edge --output jsonpath='{.status.addresses[0].value}')
  kubectl --namespace {{ .Release.Namespace }} get secret {{ .Values.gateway.tls.secretName }} \
      --output jsonpath='{.data.tls\.crt}' | base64 --decode >edge.crt
  curl --cacert edge.crt --connect-to "::$edge:" {{ include "mesh.address" . }}/openapi
{{- if not .Values.auth.enabled }}
It asks for no token (mesh.auth.enabled is false): whoever reaches it may read and write.
{{- end }}
{{- end }}
{{- end }}
