{{/*
Takes (list context component): what a service's pod or its migration's connects to beside the landscape's services, as JSON: host, port,
and protocol as in a ServiceEntry.
*/}}
{{- define "trellis-common.destinations" -}}
{{- $context := first . -}}
{{- $addresses := list -}}
{{- $found := list -}}
{{- if $context.Values.database }}{{ $addresses = append $addresses (include "trellis-common.database" $context) }}{{ end -}}
{{- if eq (last .) "service" -}}
{{- $addresses = concat $addresses (include "trellis-common.broker" $context | splitList ",") -}}
{{- with include "trellis-common.tracingEndpoint" $context -}}
{{- $plain := eq "grpc" (include "trellis-common.tracing" $context | fromJson).protocol | ternary "GRPC" "HTTP" -}}
{{- $protocol := hasPrefix "https:" . | ternary "TLS" $plain -}}
{{- $found = append $found (dict "host" (urlParse .).hostname "port" (include "trellis-common.portOf" .) "protocol" $protocol) -}}
{{- end -}}
{{- range include "trellis-common.furtherHosts" $context | fromJsonArray -}}
{{- $found = append $found (dict "host" .host "port" .port "protocol" (.protocol | default "TCP")) -}}
{{- end -}}
{{- end -}}
{{- range $addresses -}}
{{- $found = append $found (dict "host" (regexReplaceAll ":[0-9]+$" . "") "port" (regexFind "[0-9]+$" .) "protocol" "TCP") -}}
{{- end -}}
{{- toJson $found -}}
{{- end }}

{{/* Those of all services and those of this one, as JSON. */}}
{{- define "trellis-common.furtherHosts" -}}
{{- concat ((default dict .Values.global).egress | default list) (.Values.egress | default list) | toJson -}}
{{- end }}

{{/* Takes a host: the namespace it is in, `.` if it is the release's; empty if the host is outside the cluster. */}}
{{- define "trellis-common.namespaceOf" -}}
{{- $host := lower . -}}
{{- if not (contains "." $host) -}}
.
{{- else if regexMatch "^[^.]+[.][a-z][^.]*$" $host -}}
{{- regexFind "[^.]+$" $host -}}
{{- else if regexMatch "[.]svc([.]|$)" $host -}}
{{- regexFind "[^.]+[.]svc([.]|$)" $host | splitList "." | first -}}
{{- end -}}
{{- end }}

{{/*
Restricts what the proxies of the service and of its migration connect to. In another namespace to all of its Services, since a broker names
others than the one it was found by; the same goes for a Service of this namespace that is not the demonstration's.
*/}}
{{- define "trellis-common.sidecar" -}}
{{- if include "trellis-common.mesh" . -}}
{{- range $component := empty .Values.database | ternary (list "service") (list "service" "migration") }}
---
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata:
  name: {{ eq $component "service" | ternary $.Chart.Name (printf "%s-%s" $.Chart.Name $component) }}
  labels: {{- include "trellis-common.serviceLabels" (list $ $component) | nindent 4 }}
spec:
  workloadSelector:
    labels: {{- include "trellis-common.selector" (dict "context" $ "component" $component) | nindent 6 }}
  outboundTrafficPolicy: {mode: REGISTRY_ONLY}
  egress:
    - hosts: {{- include "trellis-common.sidecarHosts" (list $ $component) | fromJsonArray | toYaml | nindent 8 }}
{{- end }}
{{- end }}
{{- end }}

{{/* Takes (list context component), as JSON. */}}
{{- define "trellis-common.sidecarHosts" -}}
{{- $context := first . -}}
{{- $names := list -}}
{{- $hosts := list -}}
{{- if eq (last .) "service" }}{{ $names = (include "trellis-common.connections" $context | fromJson).neighbours | default list }}{{ end -}}
{{- range include "trellis-common.destinations" . | fromJsonArray -}}
{{- $namespace := include "trellis-common.namespaceOf" .host -}}
{{- if has .host (list (printf "%s-db" $context.Chart.Name) "kafka") -}}
{{- $names = append $names .host -}}
{{- else if $namespace -}}
{{- $hosts = append $hosts (printf "%s/*" $namespace) -}}
{{- else -}}
{{- $hosts = append $hosts (printf "./%s" (include "trellis-common.hostOutside" .host)) -}}
{{- end -}}
{{- end -}}
{{- with (include "trellis-common.meshTracing" $context | fromJson).namespace }}{{ $hosts = append $hosts (printf "%s/*" .) }}{{ end -}}
{{- $domain := $context.Values.global.mesh.clusterDomain -}}
{{- range $names }}{{ $hosts = append $hosts (printf "./%s.%s.svc.%s" . $context.Release.Namespace $domain) }}{{ end -}}
{{- uniq $hosts | sortAlpha | toJson -}}
{{- end }}

{{/* Takes a host outside the cluster: its name in Istio's registry, where an IP address can't be one. */}}
{{- define "trellis-common.hostOutside" -}}
{{- lower . }}{{ if regexMatch "^[0-9.]+$" . }}.address{{ end -}}
{{- end }}

{{/*
Makes known the hosts outside the cluster that the values name. Of a protocol such as HTTP or TLS, whose requests tell the host, only this
host is reached. Other connections tell none, and of two entries without an address at one port the first would get those of both: so only
the port is restricted, as by the NetworkPolicy, and the connection goes where it was going.
*/}}
{{- define "trellis-common.serviceentry" -}}
{{- if include "trellis-common.mesh" . -}}
{{- $entries := dict -}}
{{- range include "trellis-common.destinations" (list . "service") | fromJsonArray -}}
{{- if not (include "trellis-common.namespaceOf" .host) -}}
{{- $_ := set $entries (printf "%s-%v-%s" $.Chart.Name .port (lower .host) | trunc 253 | trimSuffix "." | trimSuffix "-") . -}}
{{- end -}}
{{- end -}}
{{- range $name, $destination := $entries }}
{{- $ip := regexMatch "^[0-9.]+$" $destination.host }}
{{- $protocol := $ip | ternary "TCP" $destination.protocol }}
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: {{ $name }}
  labels: {{- include "trellis-common.serviceLabels" (list $ "service") | nindent 4 }}
spec:
  hosts: [{{ include "trellis-common.hostOutside" $destination.host }}]
  exportTo: ["."]
  location: MESH_EXTERNAL
  {{- if eq $protocol "TCP" }}
  addresses: [{{ $ip | ternary $destination.host "0.0.0.0/0" }}]
  resolution: NONE
  {{- else }}
  resolution: DNS
  {{- end }}
  ports:
    - {name: {{ lower $protocol }}, number: {{ $destination.port }}, protocol: {{ $protocol }}}
{{- end }}
{{- end }}
{{- end }}
