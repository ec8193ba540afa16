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

{{/* Takes (list context uid account), the UID that the image's program runs as and the name of its ServiceAccount. */}}
{{- define "backing.podSpec" -}}
{{- $context := index . 0 -}}
{{- $id := index . 1 -}}
serviceAccountName: {{ index . 2 }}
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

{{/* Takes (list context name component account). */}}
{{- define "backing.serviceaccount" -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ index . 3 }}
  labels: {{- include "backing.labels" . | nindent 4 }}
automountServiceAccountToken: false
{{- end }}

{{/* Who connects to the broker, as `backing.networkpolicy` takes it. */}}
{{- define "backing.clientsOfTheBroker" -}}
services: {{ append (keys .Values.postgres.databases) "product-composite" | sortAlpha | toJson }}
components: [service]
topics: kafka-topics # the account of the job that creates them
{{- end }}

{{/* Who connects to the database of this service. */}}
{{- define "backing.clientsOfADatabase" -}}
services: [{{ . }}]
components: [service, migration]
{{- end }}

{{/* Takes (list context name component port clients). */}}
{{- define "backing.networkpolicy" -}}
{{- $context := first . -}}
{{- $clients := index . 4 | fromYaml -}}
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
              - {key: app.kubernetes.io/name, operator: In, values: [{{ join ", " $clients.services }}]}
              - {key: app.kubernetes.io/component, operator: In, values: [{{ join ", " $clients.components }}]}
        {{- if $clients.topics }}
        - podSelector: {matchLabels: {app.kubernetes.io/name: {{ index . 1 }}, app.kubernetes.io/component: topics}}
        {{- end }}
  egress:
    {{- include "trellis-common.egressOfEveryone" $context | nindent 4 }}
{{- end }}

{{/* Takes the same. */}}
{{- define "backing.authorizationpolicy" -}}
{{- $context := first . -}}
{{- if include "trellis-common.mesh" $context -}}
{{- $clients := index . 4 | fromYaml -}}
{{- $principals := list -}}
{{- range $clients.services }}{{ $principals = append $principals (include "trellis-common.principal" (list $context .)) }}{{ end -}}
{{- with $clients.topics }}{{ $principals = append $principals (include "trellis-common.principal" (list $context .)) }}{{ end -}}
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: {{ index . 1 }}
  labels: {{- include "backing.labels" . | nindent 4 }}
spec:
  selector:
    matchLabels: {{- include "backing.selector" . | nindent 6 }}
  action: ALLOW
  rules:
    {{- include "trellis-common.allow" (dict "principals" (uniq $principals) "ports" (list (index . 3 | toString))) | nindent 4 }}
{{- end }}
{{- end }}
