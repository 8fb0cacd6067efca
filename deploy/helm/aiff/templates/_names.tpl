{{/* Names, labels and images. A service is passed as (dict "root" $ "name" "catalog"). */}}

{{- define "aiff.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "aiff.topology" -}}
{{- .Files.Get "files/topology.yaml" -}}
{{- end -}}

{{/* What selects pods: must never change during the life of a release. */}}
{{- define "aiff.instance" -}}
app.kubernetes.io/part-of: aiff
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "aiff.labels" -}}
{{ include "aiff.instance" . }}
app.kubernetes.io/version: {{ default .Chart.AppVersion .Values.image.tag | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{- define "aiff.process" -}}
{{ include "aiff.instance" .root }}
app.kubernetes.io/component: {{ .name }}
aifactory-france.eu/process: {{ .process }}
{{- end -}}

{{- define "aiff.image" -}}
{{- $image := .root.Values.image -}}
{{- with $image.registry }}{{ . }}/{{ end -}}
{{- $image.repository }}-{{ .name -}}
{{- with index $image.digests .name }}@{{ . }}{{ else }}:{{ default $.root.Chart.AppVersion $image.tag }}{{ end -}}
{{- end -}}

{{- define "aiff.kafka.servers" -}}
{{- if eq .Values.kafka.mode "strimzi" -}}
{{ include "aiff.fullname" . }}-kafka-bootstrap:9092
{{- else -}}
{{ .Values.kafka.bootstrapServers }}
{{- end -}}
{{- end -}}

{{/* The Secret with a service's database address: given, or made by CloudNativePG. */}}
{{- define "aiff.database.secret" -}}
{{- if eq .root.Values.postgresql.mode "cloudnativepg" -}}
name: {{ include "aiff.fullname" .root }}-{{ .name }}-db-app
key: uri
{{- else -}}
{{- $database := (index .root.Values.services .name).database -}}
name: {{ $database.existingSecret }}
key: {{ $database.key }}
{{- end -}}
{{- end -}}
