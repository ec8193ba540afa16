{{/* Takes (list context name component). */}}
{{- define "backing.selector" -}}
app.kubernetes.io/name: {{ index . 1 }}
app.kubernetes.io/component: {{ index . 2 }}
{{- end }}

{{- define "backing.labels" -}}
{{- $context := first . -}}
{{ include "backing.selector" . }}
app.kubernetes.io/part-of: trellis
app.kubernetes.io/managed-by: {{ $context.Release.Service }}
helm.sh/chart: backing-{{ $context.Chart.Version }}
{{- end }}

{{/* Takes (list context name component); the pods are part of the mesh, so that connections to them are encrypted. */}}
{{- define "backing.podMetadata" -}}
labels:
  {{- include "backing.selector" . | nindent 2 }}
  app.kubernetes.io/part-of: trellis
  {{- if include "trellis-common.mesh" (first .) }}
  sidecar.istio.io/inject: "true"
annotations:
  {{- include "trellis-common.sidecar" (first .) | nindent 2 }}
  {{- end }}
{{- end }}

{{/* Takes the UID that the image's program runs as. */}}
{{- define "backing.podSecurity" -}}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: {{ . }}
  runAsGroup: {{ . }}
  fsGroup: {{ . }}
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile: {type: RuntimeDefault}
{{- end }}

{{/* Takes (list context name component port targetPort). */}}
{{- define "backing.service" -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ index . 1 }}
  labels: {{- include "backing.labels" . | nindent 4 }}
spec:
  selector: {{- include "backing.selector" . | nindent 4 }}
  ports:
    - {name: {{ index . 4 }}, port: {{ index . 3 }}, targetPort: {{ index . 4 }}, appProtocol: tcp}
{{- end }}

{{/* The volumes of a StatefulSet: kept when the release is uninstalled, and reused by the next one. */}}
{{- define "backing.data" -}}
{{- if .Values.persistence.enabled -}}
volumeClaimTemplates:
  - metadata:
      name: data
      labels: {app.kubernetes.io/part-of: trellis}
    spec:
      accessModes: [ReadWriteOnce]
      {{- with .Values.persistence.storageClass }}
      storageClassName: {{ ternary "" . (eq . "-") | quote }}
      {{- end }}
      resources:
        requests: {storage: {{ .Values.persistence.size }}}
{{- end }}
{{- end }}

{{/* Takes (list context name component port allowed...), the names of the allowed clients. */}}
{{- define "backing.networkpolicy" -}}
{{- $context := first . -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ index . 1 }}
  labels: {{- include "backing.labels" . | nindent 4 }}
spec:
  podSelector:
    matchLabels: {{- include "backing.selector" . | nindent 6 }}
  policyTypes: [Ingress, Egress]
  ingress:
    - ports: [{port: {{ index . 3 }}}]
      from:
        - podSelector:
            matchExpressions:
              - {key: app.kubernetes.io/name, operator: In, values: [{{ slice . 4 | join ", " }}]}
              - {key: app.kubernetes.io/component, operator: In, values: [service, migration, topics]}
  egress:
    {{- include "trellis-common.egressOfEveryone" $context | nindent 4 }}
{{- end }}
