{{/*
Takes (list context podSecurityContext). What Pod Security `restricted` requires of every pod. On OpenShift, restricted-v2 gives each
namespace ids of its own and refuses others.
*/}}
{{- define "trellis-common.podSecurityContext" -}}
{{- $security := index . 1 -}}
{{- if (index . 0).Capabilities.APIVersions.Has "security.openshift.io/v1" }}
{{- $security = omit $security "runAsUser" "runAsGroup" "fsGroup" }}
{{- end }}
{{- toYaml $security }}
{{- end }}

{{- define "trellis-common.securityContext" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
privileged: false
capabilities: {drop: [ALL]}
{{- end }}

{{/*
Takes a dict: context, component, version; name, if it is not the chart's; annotations, as YAML. In a mesh the sidecar starts before
the application and ends after it, also in a job.
*/}}
{{- define "trellis-common.podMetadata" -}}
{{- $labels := include "trellis-common.podLabels" . | fromYaml -}}
{{- $annotations := .annotations | default "{}" | fromYaml -}}
{{- if include "trellis-common.mesh" .context -}}
{{- $_ := set $labels "sidecar.istio.io/inject" "true" -}}
{{- with .context.Values.global.mesh.revision }}{{ $_ := set $labels "istio.io/rev" . }}{{ end -}}
{{- $annotations = merge $annotations (include "trellis-common.sidecarAnnotations" .context | fromYaml) -}}
{{- /* or the injector has every sidecar scraped, and nobody is let in */ -}}
{{- $annotations = merge $annotations (dict "prometheus.io/scrape" "false") -}}
{{- end -}}
labels: {{- mergeOverwrite $labels (.context.Values.podLabels | default dict) | toYaml | nindent 2 }}
{{- with mergeOverwrite $annotations (.context.Values.podAnnotations | default dict) }}
annotations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* Annotations for the sidecar injector, which sets no limits by itself if it is given requests. */}}
{{- define "trellis-common.sidecarAnnotations" -}}
{{- $resources := .Values.global.mesh.sidecar.resources -}}
sidecar.istio.io/nativeSidecar: "true"
{{- range $name, $resource := dict "CPU" "cpu" "Memory" "memory" }}
{{- with get ($resources.requests | default dict) $resource }}
sidecar.istio.io/proxy{{ $name }}: {{ . | toString | quote }}
{{- end }}
{{- with get ($resources.limits | default dict) $resource }}
sidecar.istio.io/proxy{{ $name }}Limit: {{ . | toString | quote }}
{{- end }}
{{- end }}
{{- end }}

{{/* Where pods may run, as far as a user says it. */}}
{{- define "trellis-common.scheduling" -}}
{{- range $field := list "nodeSelector" "tolerations" "affinity" "priorityClassName" }}
{{- with get $.Values $field }}
{{ dict $field . | toYaml }}
{{- end }}
{{- end }}
{{- end }}

{{- define "trellis-common.serviceAccountName" -}}
{{- .Values.serviceAccount.name | default (.Values.serviceAccount.create | ternary .Chart.Name "default") -}}
{{- end }}

{{/* Takes (list context container). The container runs the service's image with its configuration. */}}
{{- define "trellis-common.podSpec" -}}
{{- $chart := index . 0 -}}
{{- $volumes := list "configuration" "tmp" -}}
{{- range $chart.Values.extraVolumes }}{{ $volumes = append $volumes .name }}{{ end -}}
{{- range $chart.Values.extraVolumeMounts -}}
{{- if not (has .name $volumes) }}
{{- fail (printf "%s: extraVolumeMounts names the volume %s, which is not among extraVolumes" $chart.Chart.Name .name) }}
{{- end -}}
{{- end -}}
serviceAccountName: {{ include "trellis-common.serviceAccountName" $chart | quote }}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext: {{- include "trellis-common.podSecurityContext" (list $chart $chart.Values.podSecurityContext) | nindent 2 }}
{{- with include "trellis-common.imagePullSecrets" $chart }}
{{ . }}
{{- end }}
{{- with include "trellis-common.scheduling" $chart | trim }}
{{ . }}
{{- end }}
containers:
  - name: {{ $chart.Chart.Name }}
    image: {{ include "trellis-common.image" (list $chart $chart.Values.image) | quote }}
    imagePullPolicy: {{ $chart.Values.image.pullPolicy }}
    securityContext: {{- toYaml $chart.Values.securityContext | nindent 6 }}
    resources: {{- toYaml $chart.Values.resources | nindent 6 }}
    volumeMounts:
      - {name: configuration, mountPath: /deployments/config, readOnly: true}
      - {name: tmp, mountPath: /tmp}
      {{- if include "trellis-common.liveReload" $chart }}
      - {name: classes, mountPath: /deployments/dev/app}
      {{- end }}
      {{- with $chart.Values.extraVolumeMounts }}
      {{- toYaml . | nindent 6 }}
      {{- end }}
    {{- index . 1 | nindent 4 }}
volumes:
  - name: configuration
    configMap: {name: {{ $chart.Chart.Name }}}
  - name: tmp
    emptyDir: {sizeLimit: 64Mi}
  {{- if include "trellis-common.liveReload" $chart }}
  - name: classes
    emptyDir: {sizeLimit: 64Mi}
  {{- end }}
  {{- with $chart.Values.extraVolumes }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end }}

{{/* Whether running pods load changed classes, which skaffold/reload copies to them; empty if not. */}}
{{- define "trellis-common.liveReload" -}}
{{- if (default dict .Values.global).liveReload }}yes{{ end -}}
{{- end }}

{{/*
Takes (list context variable...), the container's own variables, as YAML. The credentials of the database are references to a Secret,
never values.
*/}}
{{- define "trellis-common.environment" -}}
{{- $chart := first . -}}
{{- with $chart.Values.database }}
{{- $secret := .existingSecret | default (printf "%s-db" $chart.Chart.Name) }}
{{- range $variable, $key := dict "DATABASE_USERNAME" "username" "DATABASE_PASSWORD" "password" }}
- name: {{ $variable }}
  valueFrom:
    secretKeyRef: {name: {{ $secret | quote }}, key: {{ $key }}}
{{- end }}
{{- end }}
{{- range rest . }}
- {{ . }}
{{- end }}
{{- with $chart.Values.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end }}
