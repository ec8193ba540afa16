{{/* Whether the release is part of a mesh; empty if not. */}}
{{- define "trellis-common.mesh" -}}
{{- if eq (dig "mesh" "mode" "none" (default dict .Values.global)) "sidecar" }}yes{{ end -}}
{{- end }}

{{/* Takes (list context image): the name to pull it by. */}}
{{- define "trellis-common.image" -}}
{{- $context := index . 0 -}}
{{- $image := index . 1 -}}
{{- with (default dict $context.Values.global).imageRegistry | default $image.registry }}{{ . }}/{{ end -}}
{{- $image.repository }}:{{ default $context.Chart.AppVersion $image.tag }}
{{- with $image.digest }}@{{ . }}{{ end -}}
{{- end }}

{{/* Those of all parts and those of this one, as Kubernetes lists them. */}}
{{- define "trellis-common.imagePullSecrets" -}}
{{- $names := list -}}
{{- range concat ((default dict .Values.global).imagePullSecrets | default list) (.Values.imagePullSecrets | default list) -}}
{{- $names = append $names (kindIs "string" . | ternary . (get (kindIs "map" . | ternary . dict) "name")) -}}
{{- end -}}
{{- with uniq $names -}}
imagePullSecrets:
  {{- range . }}
  - name: {{ . | quote }}
  {{- end }}
{{- end }}
{{- end }}

{{/* Takes a version, such as a tag; as the value of a label, which begins and ends with a letter or a digit. */}}
{{- define "trellis-common.version" -}}
{{- regexFind "[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?" . -}}
{{- end }}

{{/*
Takes a dict: context, component; name, if it is not the chart's. Nothing in it changes between revisions, as selectors require, and
nothing between versions, so that a controller can run two of them side by side.
*/}}
{{- define "trellis-common.selector" -}}
app.kubernetes.io/name: {{ .name | default .context.Chart.Name }}
app.kubernetes.io/instance: {{ .context.Release.Name | quote }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{/* Takes the same, and version. */}}
{{- define "trellis-common.podLabels" -}}
{{ include "trellis-common.selector" . }}
app.kubernetes.io/part-of: trellis
app.kubernetes.io/version: {{ include "trellis-common.version" .version | quote }}
{{- end }}

{{/* Takes the same: the labels of every object but pods. */}}
{{- define "trellis-common.labels" -}}
{{ include "trellis-common.podLabels" . }}
app.kubernetes.io/managed-by: {{ .context.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .context.Chart.Name .context.Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/* Takes (list context component): the labels of an object of a service. */}}
{{- define "trellis-common.serviceLabels" -}}
{{- $context := first . -}}
{{- $version := include "trellis-common.serviceVersion" $context -}}
{{ include "trellis-common.labels" (dict "context" $context "component" (last .) "version" $version) }}
{{- end }}

{{- define "trellis-common.serviceVersion" -}}
{{ default .Chart.AppVersion .Values.image.tag }}
{{- end }}
