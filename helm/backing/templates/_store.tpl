{{/* Takes (list context name component). */}}
{{- define "backing.selector" -}}
{{ include "trellis-common.selector" (dict "context" (index . 0) "name" (index . 1) "component" (index . 2)) }}
{{- end }}

{{/* Takes (list context name component). */}}
{{- define "backing.labels" -}}
{{- $version := include "backing.version" . -}}
{{ include "trellis-common.labels" (dict "context" (index . 0) "name" (index . 1) "component" (index . 2) "version" $version) }}
{{- end }}

{{/* Takes (list context name component); the pods are part of the mesh, so that connections to them are encrypted. */}}
{{- define "backing.podMetadata" -}}
{{- $version := include "backing.version" . -}}
{{ include "trellis-common.podMetadata" (dict "context" (index . 0) "name" (index . 1) "component" (index . 2) "version" $version) }}
{{- end }}

{{/* Takes (list context name component): the tag of its image. */}}
{{- define "backing.version" -}}
{{- $values := (index . 0).Values -}}
{{ (get (dict "database" $values.postgres "identity-provider" $values.keycloak) (index . 2) | default $values.kafka).image.tag }}
{{- end }}

{{/* Takes (list context uid), the UID that the image's program runs as. */}}
{{- define "backing.podSpec" -}}
{{- $context := index . 0 -}}
{{- $id := index . 1 -}}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  {{- include "trellis-common.podSecurityContext" (list $context (dict "runAsNonRoot" true "runAsUser" $id "runAsGroup" $id "fsGroup" $id
      "fsGroupChangePolicy" "OnRootMismatch" "seccompProfile" (dict "type" "RuntimeDefault"))) | nindent 2 }}
{{- with include "trellis-common.imagePullSecrets" $context }}
{{ . }}
{{- end }}
{{- with include "trellis-common.scheduling" $context | trim }}
{{ . }}
{{- end }}
{{- end }}

{{/* Takes (list context image): a container's fields. */}}
{{- define "backing.image" -}}
image: {{ include "trellis-common.image" . | quote }}
imagePullPolicy: {{ (index . 1).pullPolicy }}
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
      storageClassName: {{ . | quote }}
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
