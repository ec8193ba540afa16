{{/*
How to open the page through the landscape's gateway; empty if either is missing. Browsers take every name below `localhost` for the
computer that they run on, whatever /etc/hosts says.
*/}}
{{- define "trellis.pageNotes" -}}
{{- $composite := index .Subcharts "product-composite" -}}
{{- if and $composite .Subcharts.mesh -}}
{{- if and $composite.Values.page.enabled (include "mesh.gateway" .Subcharts.mesh) -}}
{{- $host := include "mesh.hostname" .Subcharts.mesh -}}
{{- $port := int .Values.mesh.gateway.tls.port -}}
{{- $kubectl := printf "kubectl --namespace %s" .Release.Namespace -}}
{{- $issuer := include "trellis-common.signInIssuer" $composite }}
The page for people is {{ include "mesh.address" .Subcharts.mesh }}/
{{- if hasSuffix ".localhost" $host }}, which a browser looks for on this computer. While this runs, it is there (a
port below 1024 may need sudo):
  {{ $kubectl }} port-forward service/edge-istio {{ $port }}:{{ $port }}
{{- else }}. Unless DNS knows it, this is its line for /etc/hosts:
  echo "$({{ $kubectl }} get gateway edge --output jsonpath='{.status.addresses[0].value}') {{ $host }}"
{{- end }}
{{- if eq $issuer (dig "mesh" "issuer" "issuer" "none" (default dict $composite.Values.global)) }}
Sign in as `demo`, who may write, or `guest`, who may only read. Their passwords:
  {{ $kubectl }} get secret keycloak --output go-template='{{ "{{ .data.demo | base64decode }}" }}'
  {{ $kubectl }} get secret keycloak --output go-template='{{ "{{ .data.guest | base64decode }}" }}'
{{- else if and .Values.mesh.auth.enabled (not $issuer) }}
Nobody can sign in there yet: product-composite.page.signIn.issuer says where its users do.
{{- end }}
{{- end }}
{{- end }}
{{- end }}
