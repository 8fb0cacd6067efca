{{/* The pod of a process. Passed as (dict "root" $ "name" "catalog" "process" "serve"
     "facts" ... "resources" ...). The security settings are not values: there is no reason to
     run any process of the product with more. */}}

{{- define "aiff.environment.common" -}}
- name: AIFF_ENVIRONMENT
  value: production
- name: AIFF_LOG_LEVEL
  value: {{ .root.Values.logLevel }}
- name: AIFF_DRAIN_SECONDS
  value: {{ .root.Values.drainSeconds | quote }}
- name: AIFF_DATA_DIR
  value: /tmp/aiff
{{- if has "database" .facts.engines }}
- name: {{ upper .name }}_DATABASE_URL
  valueFrom:
    secretKeyRef:
      {{- include "aiff.database.secret" . | nindent 6 }}
{{- end }}
{{- end -}}

{{- define "aiff.environment" -}}
{{- $full := include "aiff.fullname" .root -}}
{{- $topology := include "aiff.topology" .root | fromYaml -}}
{{ include "aiff.environment.common" . }}
- name: AIFF_IDENTITY_SECRET
  valueFrom:
    secretKeyRef:
      name: {{ .root.Values.identity.existingSecret }}
      key: {{ .root.Values.identity.key }}
- name: AIFF_OPERATIONS_PORT
  value: {{ $topology.operationsPort | quote }}
{{- with .root.Values.tracing.otlpEndpoint }}
- name: OTEL_EXPORTER_OTLP_ENDPOINT
  value: {{ . | quote }}
{{- end }}
{{- if eq .process "serve" }}
- name: {{ .facts.prefix }}_PORT
  value: {{ .facts.port | quote }}
{{- end }}
{{- if has "kafka" .facts.engines }}
{{ include "aiff.environment.kafka" .root }}
{{- end }}
{{- if has "opensearch" .facts.engines }}
{{ include "aiff.environment.opensearch" .root }}
{{- end }}
{{- range .facts.calls }}
- name: {{ upper . }}_URL
  value: http://{{ $full }}-{{ . }}:{{ (index $topology.services .).port }}
{{- end }}
{{- if and .facts.showsPublicAddress (or .root.Values.publicUrl .root.Values.edge.host) }}
- name: AIFF_PUBLIC_URL
  value: {{ default (printf "https://%s" .root.Values.edge.host) .root.Values.publicUrl | quote }}
{{- end }}
{{- if and .facts.facesTheWorld (eq .process "serve") (or .root.Values.edge.trustedProxies (ne .root.Values.edge.kind "none")) }}
- name: GATEWAY_TRUSTED_PROXIES
  value: {{ join "," (default .facts.privateNetworks .root.Values.edge.trustedProxies) | quote }}
{{- end }}
{{- if and .root.Values.linkChecks.enabled (eq .name "catalog") (eq .process "worker") }}
- name: CATALOG_LINK_CHECKS
  value: "true"
{{- end }}
{{- range $name, $value := (index .root.Values.services .name).env }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- end -}}

{{- define "aiff.environment.kafka" -}}
{{- $kafka := .Values.kafka -}}
- name: KAFKA_BOOTSTRAP_SERVERS
  value: {{ include "aiff.kafka.servers" . | quote }}
- name: KAFKA_SECURITY_PROTOCOL
  value: {{ $kafka.protocol }}
{{- if $kafka.login.existingSecret }}
- name: KAFKA_SASL_MECHANISM
  value: {{ $kafka.mechanism }}
{{ include "aiff.environment.login" (dict "prefix" "KAFKA_SASL" "login" $kafka.login) }}
{{- end }}
{{- if $kafka.ca.existingSecret }}
- name: KAFKA_SSL_CA_FILE
  value: /etc/aiff/kafka-ca/ca.crt
{{- end }}
{{- if $kafka.certificate.existingSecret }}
- name: KAFKA_SSL_CERTIFICATE_FILE
  value: /etc/aiff/kafka-certificate/tls.crt
- name: KAFKA_SSL_KEY_FILE
  value: /etc/aiff/kafka-certificate/tls.key
{{- end }}
{{- end -}}

{{- define "aiff.environment.login" -}}
- name: {{ .prefix }}_USERNAME
  valueFrom:
    secretKeyRef:
      name: {{ .login.existingSecret }}
      key: {{ .login.usernameKey }}
- name: {{ .prefix }}_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ .login.existingSecret }}
      key: {{ .login.passwordKey }}
{{- end -}}

{{- define "aiff.environment.opensearch" -}}
- name: OPENSEARCH_URL
{{- if eq .Values.opensearch.mode "operator" }}
  value: http://{{ include "aiff.fullname" . }}-search:9200
{{- else if .Values.opensearch.existingSecret }}
  valueFrom:
    secretKeyRef:
      name: {{ .Values.opensearch.existingSecret }}
      key: {{ .Values.opensearch.key }}
{{- else }}
  value: {{ .Values.opensearch.url | quote }}
{{- end }}
{{- if .Values.opensearch.login.existingSecret }}
{{ include "aiff.environment.login" (dict "prefix" "OPENSEARCH" "login" .Values.opensearch.login) }}
{{- end }}
{{- if .Values.opensearch.ca.existingSecret }}
- name: OPENSEARCH_CA_FILE
  value: /etc/aiff/opensearch-ca/ca.crt
{{- end }}
{{- end -}}

{{/* The files that a process reads from Secrets: by name of its folder under /etc/aiff the Secret,
     and the key of each file in it. A migration sees its database only. */}}
{{- define "aiff.files" -}}
{{- $values := .root.Values -}}
{{- $runs := ne .process "migrate" -}}
{{- $ca := $values.postgresql.ca -}}
{{- if and $ca.existingSecret (has "database" .facts.engines) }}
database-ca: {secret: {{ $ca.existingSecret }}, files: {ca.crt: {{ $ca.key }}}}
{{- end }}
{{- $ca = $values.kafka.ca -}}
{{- if and $ca.existingSecret $runs (has "kafka" .facts.engines) }}
kafka-ca: {secret: {{ $ca.existingSecret }}, files: {ca.crt: {{ $ca.key }}}}
{{- end }}
{{- $own := $values.kafka.certificate -}}
{{- if and $own.existingSecret $runs (has "kafka" .facts.engines) }}
kafka-certificate: {secret: {{ $own.existingSecret }}, files: {tls.crt: {{ $own.certificateKey }}, tls.key: {{ $own.privateKeyKey }}}}
{{- end }}
{{- $ca = $values.opensearch.ca -}}
{{- if and $ca.existingSecret $runs (has "opensearch" .facts.engines) }}
opensearch-ca: {secret: {{ $ca.existingSecret }}, files: {ca.crt: {{ $ca.key }}}}
{{- end }}
{{- end -}}

{{- define "aiff.security.container" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{/* What all pods share: no rights in the cluster, no root, and no environment variables that the
     cluster adds for every Service (AIFF_GATEWAY_PORT=tcp://... would overwrite ours). */}}
{{- define "aiff.pod.common" -}}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  seccompProfile:
    type: RuntimeDefault
{{- with .root.Values.image.pullSecrets }}
imagePullSecrets:
{{- range . }}
  - name: {{ . }}
{{- end }}
{{- end }}
{{- with .root.Values.scheduling.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .root.Values.scheduling.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .root.Values.scheduling.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
volumes:
  - name: tmp
    emptyDir:
      sizeLimit: 256Mi
{{- range $name, $from := include "aiff.files" . | fromYaml }}
  - name: {{ $name }}
    secret:
      secretName: {{ $from.secret }}
      # Readable by the group that fsGroup names, and by nobody else.
      defaultMode: 0440
      items:
      {{- range $path, $key := $from.files }}
        - {key: {{ $key }}, path: {{ $path }}}
      {{- end }}
{{- end }}
{{- end -}}

{{- define "aiff.pod.container" -}}
name: {{ .process }}
image: {{ include "aiff.image" . | quote }}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
args: [{{ .process }}]
securityContext:
  {{- include "aiff.security.container" . | nindent 2 }}
resources:
  {{- toYaml .resources | nindent 2 }}
volumeMounts:
  - name: tmp
    mountPath: /tmp
{{- range $name, $_ := include "aiff.files" . | fromYaml }}
  - name: {{ $name }}
    mountPath: /etc/aiff/{{ $name }}
    readOnly: true
{{- end }}
{{- end -}}

{{- define "aiff.pod" -}}
metadata:
  labels:
    {{- include "aiff.process" . | nindent 4 }}
    aifactory-france.eu/metrics: "yes"
    app.kubernetes.io/version: {{ default .root.Chart.AppVersion .root.Values.image.tag | quote }}
  {{- with .root.Values.podAnnotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  serviceAccountName: {{ include "aiff.fullname" .root }}-{{ .name }}
  terminationGracePeriodSeconds: {{ .root.Values.terminationGraceSeconds }}
  {{- include "aiff.pod.common" . | nindent 2 }}
  topologySpreadConstraints:
    {{- include "aiff.pod.spread" . | trim | nindent 4 }}
  containers:
    - {{ include "aiff.pod.container" . | indent 6 | trim }}
      env:
        {{- include "aiff.environment" . | nindent 8 }}
      {{- if eq .process "serve" }}
      {{- include "aiff.pod.http" . | nindent 6 }}
      {{- else }}
      {{- include "aiff.pod.worker" . | nindent 6 }}
      {{- end }}
{{- end -}}

{{- define "aiff.pod.spread" -}}
{{- $places := dict "topology.kubernetes.io/zone" .root.Values.scheduling.spreadOverZones "kubernetes.io/hostname" .root.Values.scheduling.spreadOverHosts -}}
{{- range $key, $otherwise := $places }}
- maxSkew: 1
  topologyKey: {{ $key }}
  whenUnsatisfiable: {{ $otherwise }}
  matchLabelKeys: [pod-template-hash]
  labelSelector:
    matchLabels:
      {{- include "aiff.process" $ | nindent 6 }}
{{- end }}
{{- end -}}

{{/* A process that answers HTTP. Its readiness looks at its surroundings, its liveness never does:
     a database that is away must not make the cluster kill the process. */}}
{{- define "aiff.pod.http" -}}
ports:
  - name: http
    containerPort: {{ .facts.port }}
  - name: metrics
    containerPort: {{ (include "aiff.topology" .root | fromYaml).operationsPort }}
startupProbe:
  httpGet: {path: /health/live, port: http}
  periodSeconds: 2
  timeoutSeconds: 2
  failureThreshold: 45
readinessProbe:
  httpGet: {path: /health/ready, port: http}
  periodSeconds: 5
  timeoutSeconds: 5
  failureThreshold: 2
livenessProbe:
  httpGet: {path: /health/live, port: http}
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
lifecycle:
  preStop:
    # The endpoints forget the pod while it still answers.
    sleep: {seconds: {{ .root.Values.drainSeconds }}}
{{- end -}}

{{/* A process that answers no HTTP but on its operations port. It is alive while its loops move; a
     step that fails again and again still moves, so an engine that is away ends no worker. */}}
{{- define "aiff.pod.worker" -}}
ports:
  - name: metrics
    containerPort: {{ (include "aiff.topology" .root | fromYaml).operationsPort }}
startupProbe:
  httpGet: {path: /health/live, port: metrics}
  periodSeconds: 2
  timeoutSeconds: 2
  failureThreshold: 45
readinessProbe:
  httpGet: {path: /health/ready, port: metrics}
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 3
livenessProbe:
  httpGet: {path: /health/live, port: metrics}
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
{{- end -}}
