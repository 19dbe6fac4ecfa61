// @ts-nocheck Generated from the schema beside it by `npm run build:validators`.
import type { SchemaValidator } from '../source/validate-schema.ts'
import { equal, ucs2length } from '../source/validator-functions.ts'
export const validate: SchemaValidator = validate20;
const schema31 = {"$schema":"https://json-schema.org/draft/2020-12/schema","title":"sallyport.yaml","description":"Configuration of Sallyport. Every option is described in docs/configuration.md.","type":"object","additionalProperties":false,"properties":{"gateway":{"description":"The listener in front of the applications.","type":"object","additionalProperties":false,"properties":{"host":{"description":"Address to listen on; `0.0.0.0` or `::` listens on every interface. Environment: SALLYPORT_GATEWAY_HOST.","default":"127.0.0.1","type":"string","minLength":1,"maxLength":4096},"port":{"description":"Port to listen on; 0 takes any free one. Range: 0 to 65535. Environment: SALLYPORT_GATEWAY_PORT.","default":8080,"type":"integer","minimum":0,"maximum":65535},"trusted_proxies":{"description":"Addresses or CIDR ranges of proxies in front, whose X-Forwarded-* and Forwarded headers are believed. Never a range that holds everything.","default":[],"type":"array","items":{"type":"string","minLength":1,"maxLength":1024},"uniqueItems":true,"maxItems":1000},"max_header_size":{"description":"Request line and header fields together; more is refused with 431. Range: 1KiB to 256KiB.","default":"16KiB","title":"a size such as 512B, 16KiB or 1MiB","type":"string","pattern":"^\\d{1,12}(B|KiB|MiB|GiB)$"},"max_header_count":{"description":"Header fields of one request; more is refused with 431. Range: 16 to 2000.","default":100,"type":"integer","minimum":16,"maximum":2000},"max_body_size":{"description":"Request body; more is refused with 413. `unlimited` switches the limit off. Range: at least 1B.","default":"1GiB","title":"a size such as 1MiB, or unlimited","type":"string","pattern":"^(unlimited|\\d{1,12}(B|KiB|MiB|GiB))$"},"headers_timeout":{"description":"From the first byte of a request to the end of its header. Range: 1s to 1h.","default":"10s","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"},"body_idle_timeout":{"description":"Longest silence while a request body is coming in. Range: 1s to 1h.","default":"30s","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"},"keep_alive_timeout":{"description":"Longest silence between two requests on one connection; keep it longer than that of a load balancer in front. Range: 1s to 1h.","default":"65s","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"},"max_connections":{"description":"Client connections at the same time; more are closed at once. Range: 1 to 1000000.","default":10000,"type":"integer","minimum":1,"maximum":1000000},"drain_timeout":{"description":"How long a shutdown waits for requests in flight. Range: 0s to 1h.","default":"20s","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"}}},"upstreams":{"description":"Connections from the gateway to the applications.","type":"object","additionalProperties":false,"properties":{"connect_timeout":{"description":"To open a connection; past it the client gets 502. Range: 10ms to 5m.","default":"3s","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"},"headers_timeout":{"description":"From the request sent to the response header; past it the client gets 504. Range: 10ms to 1h.","default":"1m","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"},"body_idle_timeout":{"description":"Longest silence within a response body. Range: 10ms to 1h.","default":"1m","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"},"max_connections":{"description":"Connections to one upstream origin. Range: 1 to 65536.","default":256,"type":"integer","minimum":1,"maximum":65536},"keep_alive_timeout":{"description":"How long an idle upstream connection is kept. Range: 1s to 1h.","default":"30s","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"},"max_header_size":{"description":"Response header of an upstream; more is answered with 502. Range: 1KiB to 256KiB.","default":"32KiB","title":"a size such as 512B, 16KiB or 1MiB","type":"string","pattern":"^\\d{1,12}(B|KiB|MiB|GiB)$"},"allowed_addresses":{"description":"Addresses or CIDR ranges that connections to upstreams may lead to, and no others. Empty: every address a route writes down, and of those a name stands for all but loopback (except for `localhost`), link-local and metadata services.","default":[],"type":"array","items":{"type":"string","minLength":1,"maxLength":1024},"uniqueItems":true,"maxItems":1000},"denied_addresses":{"description":"Addresses or CIDR ranges that no connection to an upstream leads to, whatever names them.","default":[],"type":"array","items":{"type":"string","minLength":1,"maxLength":1024},"uniqueItems":true,"maxItems":1000}}},"issuers":{"description":"Who may issue access tokens. Without an issuer every request is refused.","type":"array","maxItems":64,"items":{"type":"object","additionalProperties":false,"required":["issuer","audiences"],"properties":{"issuer":{"description":"Compared with `iss` byte for byte; https, or http on loopback.","type":"string","minLength":1,"maxLength":2048},"audiences":{"description":"One of these must be in `aud`.","type":"array","items":{"type":"string","minLength":1,"maxLength":1024},"uniqueItems":true,"maxItems":1000,"minItems":1},"algorithms":{"description":"Accepted signature algorithms; asymmetric only.","default":["RS256","PS256","ES256","EdDSA"],"type":"array","items":{"type":"string","enum":["RS256","RS384","RS512","PS256","PS384","PS512","ES256","ES384","ES512","EdDSA","Ed25519"]},"minItems":1,"uniqueItems":true},"token_types":{"description":"Accepted `typ`, compared without case and without `application/`; `none` accepts its absence.","default":["at+jwt"],"type":"array","items":{"type":"string","minLength":1,"maxLength":1024},"uniqueItems":true,"maxItems":1000,"minItems":1},"jwks_url":{"description":"Where the keys are. Without one they are found by OpenID Connect discovery.","type":"string","minLength":1,"maxLength":2048},"subject_prefix":{"description":"Put before the subject claim to make `subject.id`. With more than one issuer each must say its own, so that two issuers cannot mean one subject by accident.","default":"","type":"string","maxLength":256},"subject_type":{"description":"`subject.type` of those who come with a token of this issuer.","default":"user","type":"string","minLength":1,"maxLength":128},"subject_claim":{"description":"Claim read as `subject.id`.","default":"sub","type":"string","minLength":1,"maxLength":256}}}},"issuer_keys":{"description":"How the keys of issuers are fetched and kept.","type":"object","additionalProperties":false,"properties":{"timeout":{"description":"Discovery and key set together; also the longest a request waits for keys. Range: 100ms to 1m.","default":"5s","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"},"refresh_interval":{"description":"Keys are read again this often, give or take a tenth. Range: 10s to 1d.","default":"10m","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"},"cooldown":{"description":"Shortest time between two reads because of a token with an unknown key. Range: 1s to 1h.","default":"30s","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"},"stale_use":{"description":"How long known keys are used while their issuer cannot be reached. Range: 0s to 7d.","default":"1d","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"},"min_backoff":{"description":"First wait after a failed read; doubles up to `max_backoff`. Range: 100ms to 1h.","default":"1s","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"},"max_backoff":{"description":"Longest wait after failed reads. Range: 100ms to 1h.","default":"1m","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"},"max_response_size":{"description":"Size of a discovery document or key set. Range: 1KiB to 16MiB.","default":"1MiB","title":"a size such as 512B, 16KiB or 1MiB","type":"string","pattern":"^\\d{1,12}(B|KiB|MiB|GiB)$"},"max_keys":{"description":"A key set with more keys is refused as a whole. Range: 1 to 1000.","default":100,"type":"integer","minimum":1,"maximum":1000}}},"authentication":{"description":"How tokens are verified and verified ones kept.","type":"object","additionalProperties":false,"properties":{"clock_skew":{"description":"By how much the clocks of issuers may differ from ours. Range: 0s to 5m.","default":"30s","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"},"max_token_size":{"description":"A larger token is refused before it is parsed. Range: 512B to 64KiB.","default":"12KiB","title":"a size such as 512B, 16KiB or 1MiB","type":"string","pattern":"^\\d{1,12}(B|KiB|MiB|GiB)$"},"token_cache_entries":{"description":"Verified tokens kept in memory. Range: 1 to 1000000.","default":10000,"type":"integer","minimum":1,"maximum":1000000},"token_cache_max_age":{"description":"A verified token is verified again after this long, whatever its expiry. Range: 1s to 1h.","default":"5m","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"}}},"identity_token":{"description":"The short-lived JWT that tells an application who is calling.","type":"object","additionalProperties":false,"properties":{"issuer":{"description":"`iss` of the tokens.","default":"sallyport","type":"string","minLength":1,"maxLength":4096},"lifetime":{"description":"From `iat` to `exp`. Range: 30s to 1h.","default":"5m","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"},"key_file":{"description":"PKCS#8 PEM file of an EC P-256 key; relative to this file. Without one, a key is made at start and gone at exit. Environment: SALLYPORT_IDENTITY_TOKEN_KEY_FILE.","type":"string","minLength":1,"maxLength":4096}}},"check":{"description":"The decision API.","type":"object","additionalProperties":false,"properties":{"host":{"description":"Address to listen on. Environment: SALLYPORT_CHECK_HOST.","default":"127.0.0.1","type":"string","minLength":1,"maxLength":4096},"port":{"description":"Port to listen on; 0 takes any free one. Range: 0 to 65535. Environment: SALLYPORT_CHECK_PORT.","default":8181,"type":"integer","minimum":0,"maximum":65535},"public_url":{"description":"What the metadata document calls this decision point, such as `https://pdp.example.com`. Without one it is derived from host and port. Environment: SALLYPORT_CHECK_PUBLIC_URL.","type":"string","minLength":1,"maxLength":4096},"keys":{"description":"Services that may ask, each known by a key.","default":[],"type":"array","maxItems":1000,"items":{"type":"object","additionalProperties":false,"required":["id","sha256"],"properties":{"id":{"description":"Names the service in records and logs.","title":"a name of letters, digits, \".\", \"_\" and \"-\"","type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$"},"sha256":{"description":"SHA-256 of the key, hexadecimal; the key itself is never in the configuration. Make one with: openssl rand -hex 32 | tee key | tr -d \"\\n\" | sha256sum","title":"a SHA-256 in 64 hexadecimal digits","type":"string","pattern":"^[0-9a-fA-F]{64}$"}}}},"keys_file":{"description":"More keys, from a file of lines `ID SHA256`; relative to this file. Environment: SALLYPORT_CHECK_KEYS_FILE.","type":"string","minLength":1,"maxLength":4096},"token_subjects":{"description":"Subjects (`subject.id`) whose verified bearer token may ask.","default":[],"type":"array","items":{"type":"string","minLength":1,"maxLength":1024},"uniqueItems":true,"maxItems":1000},"allow_unauthenticated":{"description":"Answer everybody who can reach the port; only on loopback.","default":false,"type":"boolean"},"max_body_size":{"description":"Request body; more is refused with 413. Range: 1KiB to 64MiB.","default":"1MiB","title":"a size such as 512B, 16KiB or 1MiB","type":"string","pattern":"^\\d{1,12}(B|KiB|MiB|GiB)$"},"max_json_depth":{"description":"Nesting of a request body. Range: 4 to 256.","default":32,"type":"integer","minimum":4,"maximum":256},"max_evaluations":{"description":"Evaluations in one request. Range: 1 to 100000.","default":1000,"type":"integer","minimum":1,"maximum":100000},"complete_entities":{"description":"Among several evaluations, an entity that lacks `type`, `id` or `name` takes it from the default; `false`: such an evaluation is a deny.","default":true,"type":"boolean"}}},"operations":{"description":"Health and metrics. Not authenticated: keep it off public addresses.","type":"object","additionalProperties":false,"properties":{"host":{"description":"Address to listen on. Environment: SALLYPORT_OPERATIONS_HOST.","default":"127.0.0.1","type":"string","minLength":1,"maxLength":4096},"port":{"description":"Port to listen on; 0 takes any free one. Range: 0 to 65535. Environment: SALLYPORT_OPERATIONS_PORT.","default":8282,"type":"integer","minimum":0,"maximum":65535}}},"records":{"description":"Decision records: one JSON object a line.","type":"object","additionalProperties":false,"properties":{"sink":{"description":"Where records go. Environment: SALLYPORT_RECORDS_SINK.","default":"stdout","type":"string","enum":["stdout","file","none"]},"file":{"description":"With `sink: file`, the file appended to; relative to this file. Reopened on SIGHUP, so that log rotation works. Environment: SALLYPORT_RECORDS_FILE.","type":"string","minLength":1,"maxLength":4096},"queue_capacity":{"description":"Records waiting to be written; past it records are lost, counted and announced. Range: 1024 to 1048576.","default":65536,"type":"integer","minimum":1024,"maximum":1048576},"flush_interval":{"description":"How long a record waits for others to be written with. Range: 1ms to 10s.","default":"50ms","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"}}},"policies":{"description":"Where policies are read from and how quickly a change is noticed.","type":"object","additionalProperties":false,"properties":{"dir":{"description":"Folder of policies; relative to this file. Environment: SALLYPORT_POLICIES_DIR.","default":"./policies","type":"string","minLength":1,"maxLength":4096},"settle":{"description":"A change is read once the folder has been still for this long. Range: 10ms to 10s.","default":"50ms","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"},"poll_interval":{"description":"Safety net behind file-system events, which some file systems do not deliver. Range: 100ms to 1h.","default":"500ms","title":"a duration such as 500ms, 10s, 15m or 24h","type":"string","pattern":"^\\d{1,9}(ms|s|m|h|d)$"}}},"log":{"description":"The log, on stderr.","type":"object","additionalProperties":false,"properties":{"level":{"description":"Least severity that is written. Environment: SALLYPORT_LOG_LEVEL.","default":"info","type":"string","enum":["debug","info","warn","error","silent"]}}}}};
const func1 = Object.prototype.hasOwnProperty;
const func3 = ucs2length;
const pattern4 = new RegExp("^\\d{1,12}(B|KiB|MiB|GiB)$", "u");
const pattern5 = new RegExp("^(unlimited|\\d{1,12}(B|KiB|MiB|GiB))$", "u");
const pattern6 = new RegExp("^\\d{1,9}(ms|s|m|h|d)$", "u");
const pattern26 = new RegExp("^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$", "u");
const pattern27 = new RegExp("^[0-9a-fA-F]{64}$", "u");

function validate20(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate20.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func1.call(schema31.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.gateway !== undefined){
let data0 = data.gateway;
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
for(const key1 in data0){
if(!(func1.call(schema31.properties.gateway.properties, key1))){
const err1 = {instancePath:instancePath+"/gateway",schemaPath:"#/properties/gateway/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.gateway,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data0.host !== undefined){
let data1 = data0.host;
if(typeof data1 === "string"){
if(func3(data1) > 4096){
const err2 = {instancePath:instancePath+"/gateway/host",schemaPath:"#/properties/gateway/properties/host/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema31.properties.gateway.properties.host,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(func3(data1) < 1){
const err3 = {instancePath:instancePath+"/gateway/host",schemaPath:"#/properties/gateway/properties/host/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.gateway.properties.host,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/gateway/host",schemaPath:"#/properties/gateway/properties/host/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.gateway.properties.host.type,parentSchema:schema31.properties.gateway.properties.host,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data0.port !== undefined){
let data2 = data0.port;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
const err5 = {instancePath:instancePath+"/gateway/port",schemaPath:"#/properties/gateway/properties/port/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema31.properties.gateway.properties.port.type,parentSchema:schema31.properties.gateway.properties.port,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 65535 || isNaN(data2)){
const err6 = {instancePath:instancePath+"/gateway/port",schemaPath:"#/properties/gateway/properties/port/maximum",keyword:"maximum",params:{comparison: "<=", limit: 65535},message:"must be <= 65535",schema:65535,parentSchema:schema31.properties.gateway.properties.port,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(data2 < 0 || isNaN(data2)){
const err7 = {instancePath:instancePath+"/gateway/port",schemaPath:"#/properties/gateway/properties/port/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema31.properties.gateway.properties.port,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
if(data0.trusted_proxies !== undefined){
let data3 = data0.trusted_proxies;
if(Array.isArray(data3)){
if(data3.length > 1000){
const err8 = {instancePath:instancePath+"/gateway/trusted_proxies",schemaPath:"#/properties/gateway/properties/trusted_proxies/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items",schema:1000,parentSchema:schema31.properties.gateway.properties.trusted_proxies,data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
let data4 = data3[i0];
if(typeof data4 === "string"){
if(func3(data4) > 1024){
const err9 = {instancePath:instancePath+"/gateway/trusted_proxies/" + i0,schemaPath:"#/properties/gateway/properties/trusted_proxies/items/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters",schema:1024,parentSchema:schema31.properties.gateway.properties.trusted_proxies.items,data:data4};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(func3(data4) < 1){
const err10 = {instancePath:instancePath+"/gateway/trusted_proxies/" + i0,schemaPath:"#/properties/gateway/properties/trusted_proxies/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.gateway.properties.trusted_proxies.items,data:data4};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
else {
const err11 = {instancePath:instancePath+"/gateway/trusted_proxies/" + i0,schemaPath:"#/properties/gateway/properties/trusted_proxies/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.gateway.properties.trusted_proxies.items.type,parentSchema:schema31.properties.gateway.properties.trusted_proxies.items,data:data4};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
let i1 = data3.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data3[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err12 = {instancePath:instancePath+"/gateway/trusted_proxies",schemaPath:"#/properties/gateway/properties/trusted_proxies/uniqueItems",keyword:"uniqueItems",params:{i: i1, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i1+" are identical)",schema:true,parentSchema:schema31.properties.gateway.properties.trusted_proxies,data:data3};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
const err13 = {instancePath:instancePath+"/gateway/trusted_proxies",schemaPath:"#/properties/gateway/properties/trusted_proxies/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.gateway.properties.trusted_proxies.type,parentSchema:schema31.properties.gateway.properties.trusted_proxies,data:data3};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data0.max_header_size !== undefined){
let data5 = data0.max_header_size;
if(typeof data5 === "string"){
if(!pattern4.test(data5)){
const err14 = {instancePath:instancePath+"/gateway/max_header_size",schemaPath:"#/properties/gateway/properties/max_header_size/pattern",keyword:"pattern",params:{pattern: "^\\d{1,12}(B|KiB|MiB|GiB)$"},message:"must match pattern \""+"^\\d{1,12}(B|KiB|MiB|GiB)$"+"\"",schema:"^\\d{1,12}(B|KiB|MiB|GiB)$",parentSchema:schema31.properties.gateway.properties.max_header_size,data:data5};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
else {
const err15 = {instancePath:instancePath+"/gateway/max_header_size",schemaPath:"#/properties/gateway/properties/max_header_size/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.gateway.properties.max_header_size.type,parentSchema:schema31.properties.gateway.properties.max_header_size,data:data5};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data0.max_header_count !== undefined){
let data6 = data0.max_header_count;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
const err16 = {instancePath:instancePath+"/gateway/max_header_count",schemaPath:"#/properties/gateway/properties/max_header_count/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema31.properties.gateway.properties.max_header_count.type,parentSchema:schema31.properties.gateway.properties.max_header_count,data:data6};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if((typeof data6 == "number") && (isFinite(data6))){
if(data6 > 2000 || isNaN(data6)){
const err17 = {instancePath:instancePath+"/gateway/max_header_count",schemaPath:"#/properties/gateway/properties/max_header_count/maximum",keyword:"maximum",params:{comparison: "<=", limit: 2000},message:"must be <= 2000",schema:2000,parentSchema:schema31.properties.gateway.properties.max_header_count,data:data6};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
if(data6 < 16 || isNaN(data6)){
const err18 = {instancePath:instancePath+"/gateway/max_header_count",schemaPath:"#/properties/gateway/properties/max_header_count/minimum",keyword:"minimum",params:{comparison: ">=", limit: 16},message:"must be >= 16",schema:16,parentSchema:schema31.properties.gateway.properties.max_header_count,data:data6};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
}
if(data0.max_body_size !== undefined){
let data7 = data0.max_body_size;
if(typeof data7 === "string"){
if(!pattern5.test(data7)){
const err19 = {instancePath:instancePath+"/gateway/max_body_size",schemaPath:"#/properties/gateway/properties/max_body_size/pattern",keyword:"pattern",params:{pattern: "^(unlimited|\\d{1,12}(B|KiB|MiB|GiB))$"},message:"must match pattern \""+"^(unlimited|\\d{1,12}(B|KiB|MiB|GiB))$"+"\"",schema:"^(unlimited|\\d{1,12}(B|KiB|MiB|GiB))$",parentSchema:schema31.properties.gateway.properties.max_body_size,data:data7};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
else {
const err20 = {instancePath:instancePath+"/gateway/max_body_size",schemaPath:"#/properties/gateway/properties/max_body_size/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.gateway.properties.max_body_size.type,parentSchema:schema31.properties.gateway.properties.max_body_size,data:data7};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data0.headers_timeout !== undefined){
let data8 = data0.headers_timeout;
if(typeof data8 === "string"){
if(!pattern6.test(data8)){
const err21 = {instancePath:instancePath+"/gateway/headers_timeout",schemaPath:"#/properties/gateway/properties/headers_timeout/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.gateway.properties.headers_timeout,data:data8};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
else {
const err22 = {instancePath:instancePath+"/gateway/headers_timeout",schemaPath:"#/properties/gateway/properties/headers_timeout/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.gateway.properties.headers_timeout.type,parentSchema:schema31.properties.gateway.properties.headers_timeout,data:data8};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data0.body_idle_timeout !== undefined){
let data9 = data0.body_idle_timeout;
if(typeof data9 === "string"){
if(!pattern6.test(data9)){
const err23 = {instancePath:instancePath+"/gateway/body_idle_timeout",schemaPath:"#/properties/gateway/properties/body_idle_timeout/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.gateway.properties.body_idle_timeout,data:data9};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
else {
const err24 = {instancePath:instancePath+"/gateway/body_idle_timeout",schemaPath:"#/properties/gateway/properties/body_idle_timeout/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.gateway.properties.body_idle_timeout.type,parentSchema:schema31.properties.gateway.properties.body_idle_timeout,data:data9};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data0.keep_alive_timeout !== undefined){
let data10 = data0.keep_alive_timeout;
if(typeof data10 === "string"){
if(!pattern6.test(data10)){
const err25 = {instancePath:instancePath+"/gateway/keep_alive_timeout",schemaPath:"#/properties/gateway/properties/keep_alive_timeout/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.gateway.properties.keep_alive_timeout,data:data10};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
else {
const err26 = {instancePath:instancePath+"/gateway/keep_alive_timeout",schemaPath:"#/properties/gateway/properties/keep_alive_timeout/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.gateway.properties.keep_alive_timeout.type,parentSchema:schema31.properties.gateway.properties.keep_alive_timeout,data:data10};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data0.max_connections !== undefined){
let data11 = data0.max_connections;
if(!(((typeof data11 == "number") && (!(data11 % 1) && !isNaN(data11))) && (isFinite(data11)))){
const err27 = {instancePath:instancePath+"/gateway/max_connections",schemaPath:"#/properties/gateway/properties/max_connections/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema31.properties.gateway.properties.max_connections.type,parentSchema:schema31.properties.gateway.properties.max_connections,data:data11};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
if((typeof data11 == "number") && (isFinite(data11))){
if(data11 > 1000000 || isNaN(data11)){
const err28 = {instancePath:instancePath+"/gateway/max_connections",schemaPath:"#/properties/gateway/properties/max_connections/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000",schema:1000000,parentSchema:schema31.properties.gateway.properties.max_connections,data:data11};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
if(data11 < 1 || isNaN(data11)){
const err29 = {instancePath:instancePath+"/gateway/max_connections",schemaPath:"#/properties/gateway/properties/max_connections/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema31.properties.gateway.properties.max_connections,data:data11};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
}
if(data0.drain_timeout !== undefined){
let data12 = data0.drain_timeout;
if(typeof data12 === "string"){
if(!pattern6.test(data12)){
const err30 = {instancePath:instancePath+"/gateway/drain_timeout",schemaPath:"#/properties/gateway/properties/drain_timeout/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.gateway.properties.drain_timeout,data:data12};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
else {
const err31 = {instancePath:instancePath+"/gateway/drain_timeout",schemaPath:"#/properties/gateway/properties/drain_timeout/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.gateway.properties.drain_timeout.type,parentSchema:schema31.properties.gateway.properties.drain_timeout,data:data12};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
}
else {
const err32 = {instancePath:instancePath+"/gateway",schemaPath:"#/properties/gateway/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.gateway.type,parentSchema:schema31.properties.gateway,data:data0};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
if(data.upstreams !== undefined){
let data13 = data.upstreams;
if(data13 && typeof data13 == "object" && !Array.isArray(data13)){
for(const key2 in data13){
if(!((((((((key2 === "connect_timeout") || (key2 === "headers_timeout")) || (key2 === "body_idle_timeout")) || (key2 === "max_connections")) || (key2 === "keep_alive_timeout")) || (key2 === "max_header_size")) || (key2 === "allowed_addresses")) || (key2 === "denied_addresses"))){
const err33 = {instancePath:instancePath+"/upstreams",schemaPath:"#/properties/upstreams/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.upstreams,data:data13};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
if(data13.connect_timeout !== undefined){
let data14 = data13.connect_timeout;
if(typeof data14 === "string"){
if(!pattern6.test(data14)){
const err34 = {instancePath:instancePath+"/upstreams/connect_timeout",schemaPath:"#/properties/upstreams/properties/connect_timeout/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.upstreams.properties.connect_timeout,data:data14};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
else {
const err35 = {instancePath:instancePath+"/upstreams/connect_timeout",schemaPath:"#/properties/upstreams/properties/connect_timeout/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.upstreams.properties.connect_timeout.type,parentSchema:schema31.properties.upstreams.properties.connect_timeout,data:data14};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
if(data13.headers_timeout !== undefined){
let data15 = data13.headers_timeout;
if(typeof data15 === "string"){
if(!pattern6.test(data15)){
const err36 = {instancePath:instancePath+"/upstreams/headers_timeout",schemaPath:"#/properties/upstreams/properties/headers_timeout/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.upstreams.properties.headers_timeout,data:data15};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
else {
const err37 = {instancePath:instancePath+"/upstreams/headers_timeout",schemaPath:"#/properties/upstreams/properties/headers_timeout/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.upstreams.properties.headers_timeout.type,parentSchema:schema31.properties.upstreams.properties.headers_timeout,data:data15};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
if(data13.body_idle_timeout !== undefined){
let data16 = data13.body_idle_timeout;
if(typeof data16 === "string"){
if(!pattern6.test(data16)){
const err38 = {instancePath:instancePath+"/upstreams/body_idle_timeout",schemaPath:"#/properties/upstreams/properties/body_idle_timeout/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.upstreams.properties.body_idle_timeout,data:data16};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
else {
const err39 = {instancePath:instancePath+"/upstreams/body_idle_timeout",schemaPath:"#/properties/upstreams/properties/body_idle_timeout/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.upstreams.properties.body_idle_timeout.type,parentSchema:schema31.properties.upstreams.properties.body_idle_timeout,data:data16};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
if(data13.max_connections !== undefined){
let data17 = data13.max_connections;
if(!(((typeof data17 == "number") && (!(data17 % 1) && !isNaN(data17))) && (isFinite(data17)))){
const err40 = {instancePath:instancePath+"/upstreams/max_connections",schemaPath:"#/properties/upstreams/properties/max_connections/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema31.properties.upstreams.properties.max_connections.type,parentSchema:schema31.properties.upstreams.properties.max_connections,data:data17};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
if((typeof data17 == "number") && (isFinite(data17))){
if(data17 > 65536 || isNaN(data17)){
const err41 = {instancePath:instancePath+"/upstreams/max_connections",schemaPath:"#/properties/upstreams/properties/max_connections/maximum",keyword:"maximum",params:{comparison: "<=", limit: 65536},message:"must be <= 65536",schema:65536,parentSchema:schema31.properties.upstreams.properties.max_connections,data:data17};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
if(data17 < 1 || isNaN(data17)){
const err42 = {instancePath:instancePath+"/upstreams/max_connections",schemaPath:"#/properties/upstreams/properties/max_connections/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema31.properties.upstreams.properties.max_connections,data:data17};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
}
if(data13.keep_alive_timeout !== undefined){
let data18 = data13.keep_alive_timeout;
if(typeof data18 === "string"){
if(!pattern6.test(data18)){
const err43 = {instancePath:instancePath+"/upstreams/keep_alive_timeout",schemaPath:"#/properties/upstreams/properties/keep_alive_timeout/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.upstreams.properties.keep_alive_timeout,data:data18};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
else {
const err44 = {instancePath:instancePath+"/upstreams/keep_alive_timeout",schemaPath:"#/properties/upstreams/properties/keep_alive_timeout/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.upstreams.properties.keep_alive_timeout.type,parentSchema:schema31.properties.upstreams.properties.keep_alive_timeout,data:data18};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
if(data13.max_header_size !== undefined){
let data19 = data13.max_header_size;
if(typeof data19 === "string"){
if(!pattern4.test(data19)){
const err45 = {instancePath:instancePath+"/upstreams/max_header_size",schemaPath:"#/properties/upstreams/properties/max_header_size/pattern",keyword:"pattern",params:{pattern: "^\\d{1,12}(B|KiB|MiB|GiB)$"},message:"must match pattern \""+"^\\d{1,12}(B|KiB|MiB|GiB)$"+"\"",schema:"^\\d{1,12}(B|KiB|MiB|GiB)$",parentSchema:schema31.properties.upstreams.properties.max_header_size,data:data19};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
else {
const err46 = {instancePath:instancePath+"/upstreams/max_header_size",schemaPath:"#/properties/upstreams/properties/max_header_size/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.upstreams.properties.max_header_size.type,parentSchema:schema31.properties.upstreams.properties.max_header_size,data:data19};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
if(data13.allowed_addresses !== undefined){
let data20 = data13.allowed_addresses;
if(Array.isArray(data20)){
if(data20.length > 1000){
const err47 = {instancePath:instancePath+"/upstreams/allowed_addresses",schemaPath:"#/properties/upstreams/properties/allowed_addresses/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items",schema:1000,parentSchema:schema31.properties.upstreams.properties.allowed_addresses,data:data20};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
const len1 = data20.length;
for(let i2=0; i2<len1; i2++){
let data21 = data20[i2];
if(typeof data21 === "string"){
if(func3(data21) > 1024){
const err48 = {instancePath:instancePath+"/upstreams/allowed_addresses/" + i2,schemaPath:"#/properties/upstreams/properties/allowed_addresses/items/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters",schema:1024,parentSchema:schema31.properties.upstreams.properties.allowed_addresses.items,data:data21};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
if(func3(data21) < 1){
const err49 = {instancePath:instancePath+"/upstreams/allowed_addresses/" + i2,schemaPath:"#/properties/upstreams/properties/allowed_addresses/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.upstreams.properties.allowed_addresses.items,data:data21};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
else {
const err50 = {instancePath:instancePath+"/upstreams/allowed_addresses/" + i2,schemaPath:"#/properties/upstreams/properties/allowed_addresses/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.upstreams.properties.allowed_addresses.items.type,parentSchema:schema31.properties.upstreams.properties.allowed_addresses.items,data:data21};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
let i3 = data20.length;
let j1;
if(i3 > 1){
const indices1 = {};
for(;i3--;){
let item1 = data20[i3];
if(typeof item1 !== "string"){
continue;
}
if(typeof indices1[item1] == "number"){
j1 = indices1[item1];
const err51 = {instancePath:instancePath+"/upstreams/allowed_addresses",schemaPath:"#/properties/upstreams/properties/allowed_addresses/uniqueItems",keyword:"uniqueItems",params:{i: i3, j: j1},message:"must NOT have duplicate items (items ## "+j1+" and "+i3+" are identical)",schema:true,parentSchema:schema31.properties.upstreams.properties.allowed_addresses,data:data20};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
break;
}
indices1[item1] = i3;
}
}
}
else {
const err52 = {instancePath:instancePath+"/upstreams/allowed_addresses",schemaPath:"#/properties/upstreams/properties/allowed_addresses/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.upstreams.properties.allowed_addresses.type,parentSchema:schema31.properties.upstreams.properties.allowed_addresses,data:data20};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
}
if(data13.denied_addresses !== undefined){
let data22 = data13.denied_addresses;
if(Array.isArray(data22)){
if(data22.length > 1000){
const err53 = {instancePath:instancePath+"/upstreams/denied_addresses",schemaPath:"#/properties/upstreams/properties/denied_addresses/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items",schema:1000,parentSchema:schema31.properties.upstreams.properties.denied_addresses,data:data22};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
const len2 = data22.length;
for(let i4=0; i4<len2; i4++){
let data23 = data22[i4];
if(typeof data23 === "string"){
if(func3(data23) > 1024){
const err54 = {instancePath:instancePath+"/upstreams/denied_addresses/" + i4,schemaPath:"#/properties/upstreams/properties/denied_addresses/items/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters",schema:1024,parentSchema:schema31.properties.upstreams.properties.denied_addresses.items,data:data23};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
if(func3(data23) < 1){
const err55 = {instancePath:instancePath+"/upstreams/denied_addresses/" + i4,schemaPath:"#/properties/upstreams/properties/denied_addresses/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.upstreams.properties.denied_addresses.items,data:data23};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
}
else {
const err56 = {instancePath:instancePath+"/upstreams/denied_addresses/" + i4,schemaPath:"#/properties/upstreams/properties/denied_addresses/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.upstreams.properties.denied_addresses.items.type,parentSchema:schema31.properties.upstreams.properties.denied_addresses.items,data:data23};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
}
let i5 = data22.length;
let j2;
if(i5 > 1){
const indices2 = {};
for(;i5--;){
let item2 = data22[i5];
if(typeof item2 !== "string"){
continue;
}
if(typeof indices2[item2] == "number"){
j2 = indices2[item2];
const err57 = {instancePath:instancePath+"/upstreams/denied_addresses",schemaPath:"#/properties/upstreams/properties/denied_addresses/uniqueItems",keyword:"uniqueItems",params:{i: i5, j: j2},message:"must NOT have duplicate items (items ## "+j2+" and "+i5+" are identical)",schema:true,parentSchema:schema31.properties.upstreams.properties.denied_addresses,data:data22};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
break;
}
indices2[item2] = i5;
}
}
}
else {
const err58 = {instancePath:instancePath+"/upstreams/denied_addresses",schemaPath:"#/properties/upstreams/properties/denied_addresses/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.upstreams.properties.denied_addresses.type,parentSchema:schema31.properties.upstreams.properties.denied_addresses,data:data22};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
}
}
else {
const err59 = {instancePath:instancePath+"/upstreams",schemaPath:"#/properties/upstreams/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.upstreams.type,parentSchema:schema31.properties.upstreams,data:data13};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
}
if(data.issuers !== undefined){
let data24 = data.issuers;
if(Array.isArray(data24)){
if(data24.length > 64){
const err60 = {instancePath:instancePath+"/issuers",schemaPath:"#/properties/issuers/maxItems",keyword:"maxItems",params:{limit: 64},message:"must NOT have more than 64 items",schema:64,parentSchema:schema31.properties.issuers,data:data24};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
const len3 = data24.length;
for(let i6=0; i6<len3; i6++){
let data25 = data24[i6];
if(data25 && typeof data25 == "object" && !Array.isArray(data25)){
if(data25.issuer === undefined){
const err61 = {instancePath:instancePath+"/issuers/" + i6,schemaPath:"#/properties/issuers/items/required",keyword:"required",params:{missingProperty: "issuer"},message:"must have required property '"+"issuer"+"'",schema:schema31.properties.issuers.items.required,parentSchema:schema31.properties.issuers.items,data:data25};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
if(data25.audiences === undefined){
const err62 = {instancePath:instancePath+"/issuers/" + i6,schemaPath:"#/properties/issuers/items/required",keyword:"required",params:{missingProperty: "audiences"},message:"must have required property '"+"audiences"+"'",schema:schema31.properties.issuers.items.required,parentSchema:schema31.properties.issuers.items,data:data25};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
for(const key3 in data25){
if(!((((((((key3 === "issuer") || (key3 === "audiences")) || (key3 === "algorithms")) || (key3 === "token_types")) || (key3 === "jwks_url")) || (key3 === "subject_prefix")) || (key3 === "subject_type")) || (key3 === "subject_claim"))){
const err63 = {instancePath:instancePath+"/issuers/" + i6,schemaPath:"#/properties/issuers/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.issuers.items,data:data25};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
}
if(data25.issuer !== undefined){
let data26 = data25.issuer;
if(typeof data26 === "string"){
if(func3(data26) > 2048){
const err64 = {instancePath:instancePath+"/issuers/" + i6+"/issuer",schemaPath:"#/properties/issuers/items/properties/issuer/maxLength",keyword:"maxLength",params:{limit: 2048},message:"must NOT have more than 2048 characters",schema:2048,parentSchema:schema31.properties.issuers.items.properties.issuer,data:data26};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
if(func3(data26) < 1){
const err65 = {instancePath:instancePath+"/issuers/" + i6+"/issuer",schemaPath:"#/properties/issuers/items/properties/issuer/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.issuers.items.properties.issuer,data:data26};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
}
else {
const err66 = {instancePath:instancePath+"/issuers/" + i6+"/issuer",schemaPath:"#/properties/issuers/items/properties/issuer/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.issuers.items.properties.issuer.type,parentSchema:schema31.properties.issuers.items.properties.issuer,data:data26};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
}
if(data25.audiences !== undefined){
let data27 = data25.audiences;
if(Array.isArray(data27)){
if(data27.length > 1000){
const err67 = {instancePath:instancePath+"/issuers/" + i6+"/audiences",schemaPath:"#/properties/issuers/items/properties/audiences/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items",schema:1000,parentSchema:schema31.properties.issuers.items.properties.audiences,data:data27};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
if(data27.length < 1){
const err68 = {instancePath:instancePath+"/issuers/" + i6+"/audiences",schemaPath:"#/properties/issuers/items/properties/audiences/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema31.properties.issuers.items.properties.audiences,data:data27};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
const len4 = data27.length;
for(let i7=0; i7<len4; i7++){
let data28 = data27[i7];
if(typeof data28 === "string"){
if(func3(data28) > 1024){
const err69 = {instancePath:instancePath+"/issuers/" + i6+"/audiences/" + i7,schemaPath:"#/properties/issuers/items/properties/audiences/items/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters",schema:1024,parentSchema:schema31.properties.issuers.items.properties.audiences.items,data:data28};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
if(func3(data28) < 1){
const err70 = {instancePath:instancePath+"/issuers/" + i6+"/audiences/" + i7,schemaPath:"#/properties/issuers/items/properties/audiences/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.issuers.items.properties.audiences.items,data:data28};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
}
else {
const err71 = {instancePath:instancePath+"/issuers/" + i6+"/audiences/" + i7,schemaPath:"#/properties/issuers/items/properties/audiences/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.issuers.items.properties.audiences.items.type,parentSchema:schema31.properties.issuers.items.properties.audiences.items,data:data28};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
}
let i8 = data27.length;
let j3;
if(i8 > 1){
const indices3 = {};
for(;i8--;){
let item3 = data27[i8];
if(typeof item3 !== "string"){
continue;
}
if(typeof indices3[item3] == "number"){
j3 = indices3[item3];
const err72 = {instancePath:instancePath+"/issuers/" + i6+"/audiences",schemaPath:"#/properties/issuers/items/properties/audiences/uniqueItems",keyword:"uniqueItems",params:{i: i8, j: j3},message:"must NOT have duplicate items (items ## "+j3+" and "+i8+" are identical)",schema:true,parentSchema:schema31.properties.issuers.items.properties.audiences,data:data27};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
break;
}
indices3[item3] = i8;
}
}
}
else {
const err73 = {instancePath:instancePath+"/issuers/" + i6+"/audiences",schemaPath:"#/properties/issuers/items/properties/audiences/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.issuers.items.properties.audiences.type,parentSchema:schema31.properties.issuers.items.properties.audiences,data:data27};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
}
if(data25.algorithms !== undefined){
let data29 = data25.algorithms;
if(Array.isArray(data29)){
if(data29.length < 1){
const err74 = {instancePath:instancePath+"/issuers/" + i6+"/algorithms",schemaPath:"#/properties/issuers/items/properties/algorithms/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema31.properties.issuers.items.properties.algorithms,data:data29};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
const len5 = data29.length;
for(let i9=0; i9<len5; i9++){
let data30 = data29[i9];
if(typeof data30 !== "string"){
const err75 = {instancePath:instancePath+"/issuers/" + i6+"/algorithms/" + i9,schemaPath:"#/properties/issuers/items/properties/algorithms/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.issuers.items.properties.algorithms.items.type,parentSchema:schema31.properties.issuers.items.properties.algorithms.items,data:data30};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
if(!(((((((((((data30 === "RS256") || (data30 === "RS384")) || (data30 === "RS512")) || (data30 === "PS256")) || (data30 === "PS384")) || (data30 === "PS512")) || (data30 === "ES256")) || (data30 === "ES384")) || (data30 === "ES512")) || (data30 === "EdDSA")) || (data30 === "Ed25519"))){
const err76 = {instancePath:instancePath+"/issuers/" + i6+"/algorithms/" + i9,schemaPath:"#/properties/issuers/items/properties/algorithms/items/enum",keyword:"enum",params:{allowedValues: schema31.properties.issuers.items.properties.algorithms.items.enum},message:"must be equal to one of the allowed values",schema:schema31.properties.issuers.items.properties.algorithms.items.enum,parentSchema:schema31.properties.issuers.items.properties.algorithms.items,data:data30};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
}
let i10 = data29.length;
let j4;
if(i10 > 1){
const indices4 = {};
for(;i10--;){
let item4 = data29[i10];
if(typeof item4 !== "string"){
continue;
}
if(typeof indices4[item4] == "number"){
j4 = indices4[item4];
const err77 = {instancePath:instancePath+"/issuers/" + i6+"/algorithms",schemaPath:"#/properties/issuers/items/properties/algorithms/uniqueItems",keyword:"uniqueItems",params:{i: i10, j: j4},message:"must NOT have duplicate items (items ## "+j4+" and "+i10+" are identical)",schema:true,parentSchema:schema31.properties.issuers.items.properties.algorithms,data:data29};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
break;
}
indices4[item4] = i10;
}
}
}
else {
const err78 = {instancePath:instancePath+"/issuers/" + i6+"/algorithms",schemaPath:"#/properties/issuers/items/properties/algorithms/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.issuers.items.properties.algorithms.type,parentSchema:schema31.properties.issuers.items.properties.algorithms,data:data29};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
}
if(data25.token_types !== undefined){
let data31 = data25.token_types;
if(Array.isArray(data31)){
if(data31.length > 1000){
const err79 = {instancePath:instancePath+"/issuers/" + i6+"/token_types",schemaPath:"#/properties/issuers/items/properties/token_types/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items",schema:1000,parentSchema:schema31.properties.issuers.items.properties.token_types,data:data31};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
if(data31.length < 1){
const err80 = {instancePath:instancePath+"/issuers/" + i6+"/token_types",schemaPath:"#/properties/issuers/items/properties/token_types/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema31.properties.issuers.items.properties.token_types,data:data31};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
const len6 = data31.length;
for(let i11=0; i11<len6; i11++){
let data32 = data31[i11];
if(typeof data32 === "string"){
if(func3(data32) > 1024){
const err81 = {instancePath:instancePath+"/issuers/" + i6+"/token_types/" + i11,schemaPath:"#/properties/issuers/items/properties/token_types/items/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters",schema:1024,parentSchema:schema31.properties.issuers.items.properties.token_types.items,data:data32};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
if(func3(data32) < 1){
const err82 = {instancePath:instancePath+"/issuers/" + i6+"/token_types/" + i11,schemaPath:"#/properties/issuers/items/properties/token_types/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.issuers.items.properties.token_types.items,data:data32};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
}
else {
const err83 = {instancePath:instancePath+"/issuers/" + i6+"/token_types/" + i11,schemaPath:"#/properties/issuers/items/properties/token_types/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.issuers.items.properties.token_types.items.type,parentSchema:schema31.properties.issuers.items.properties.token_types.items,data:data32};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
}
let i12 = data31.length;
let j5;
if(i12 > 1){
const indices5 = {};
for(;i12--;){
let item5 = data31[i12];
if(typeof item5 !== "string"){
continue;
}
if(typeof indices5[item5] == "number"){
j5 = indices5[item5];
const err84 = {instancePath:instancePath+"/issuers/" + i6+"/token_types",schemaPath:"#/properties/issuers/items/properties/token_types/uniqueItems",keyword:"uniqueItems",params:{i: i12, j: j5},message:"must NOT have duplicate items (items ## "+j5+" and "+i12+" are identical)",schema:true,parentSchema:schema31.properties.issuers.items.properties.token_types,data:data31};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
break;
}
indices5[item5] = i12;
}
}
}
else {
const err85 = {instancePath:instancePath+"/issuers/" + i6+"/token_types",schemaPath:"#/properties/issuers/items/properties/token_types/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.issuers.items.properties.token_types.type,parentSchema:schema31.properties.issuers.items.properties.token_types,data:data31};
if(vErrors === null){
vErrors = [err85];
}
else {
vErrors.push(err85);
}
errors++;
}
}
if(data25.jwks_url !== undefined){
let data33 = data25.jwks_url;
if(typeof data33 === "string"){
if(func3(data33) > 2048){
const err86 = {instancePath:instancePath+"/issuers/" + i6+"/jwks_url",schemaPath:"#/properties/issuers/items/properties/jwks_url/maxLength",keyword:"maxLength",params:{limit: 2048},message:"must NOT have more than 2048 characters",schema:2048,parentSchema:schema31.properties.issuers.items.properties.jwks_url,data:data33};
if(vErrors === null){
vErrors = [err86];
}
else {
vErrors.push(err86);
}
errors++;
}
if(func3(data33) < 1){
const err87 = {instancePath:instancePath+"/issuers/" + i6+"/jwks_url",schemaPath:"#/properties/issuers/items/properties/jwks_url/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.issuers.items.properties.jwks_url,data:data33};
if(vErrors === null){
vErrors = [err87];
}
else {
vErrors.push(err87);
}
errors++;
}
}
else {
const err88 = {instancePath:instancePath+"/issuers/" + i6+"/jwks_url",schemaPath:"#/properties/issuers/items/properties/jwks_url/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.issuers.items.properties.jwks_url.type,parentSchema:schema31.properties.issuers.items.properties.jwks_url,data:data33};
if(vErrors === null){
vErrors = [err88];
}
else {
vErrors.push(err88);
}
errors++;
}
}
if(data25.subject_prefix !== undefined){
let data34 = data25.subject_prefix;
if(typeof data34 === "string"){
if(func3(data34) > 256){
const err89 = {instancePath:instancePath+"/issuers/" + i6+"/subject_prefix",schemaPath:"#/properties/issuers/items/properties/subject_prefix/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters",schema:256,parentSchema:schema31.properties.issuers.items.properties.subject_prefix,data:data34};
if(vErrors === null){
vErrors = [err89];
}
else {
vErrors.push(err89);
}
errors++;
}
}
else {
const err90 = {instancePath:instancePath+"/issuers/" + i6+"/subject_prefix",schemaPath:"#/properties/issuers/items/properties/subject_prefix/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.issuers.items.properties.subject_prefix.type,parentSchema:schema31.properties.issuers.items.properties.subject_prefix,data:data34};
if(vErrors === null){
vErrors = [err90];
}
else {
vErrors.push(err90);
}
errors++;
}
}
if(data25.subject_type !== undefined){
let data35 = data25.subject_type;
if(typeof data35 === "string"){
if(func3(data35) > 128){
const err91 = {instancePath:instancePath+"/issuers/" + i6+"/subject_type",schemaPath:"#/properties/issuers/items/properties/subject_type/maxLength",keyword:"maxLength",params:{limit: 128},message:"must NOT have more than 128 characters",schema:128,parentSchema:schema31.properties.issuers.items.properties.subject_type,data:data35};
if(vErrors === null){
vErrors = [err91];
}
else {
vErrors.push(err91);
}
errors++;
}
if(func3(data35) < 1){
const err92 = {instancePath:instancePath+"/issuers/" + i6+"/subject_type",schemaPath:"#/properties/issuers/items/properties/subject_type/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.issuers.items.properties.subject_type,data:data35};
if(vErrors === null){
vErrors = [err92];
}
else {
vErrors.push(err92);
}
errors++;
}
}
else {
const err93 = {instancePath:instancePath+"/issuers/" + i6+"/subject_type",schemaPath:"#/properties/issuers/items/properties/subject_type/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.issuers.items.properties.subject_type.type,parentSchema:schema31.properties.issuers.items.properties.subject_type,data:data35};
if(vErrors === null){
vErrors = [err93];
}
else {
vErrors.push(err93);
}
errors++;
}
}
if(data25.subject_claim !== undefined){
let data36 = data25.subject_claim;
if(typeof data36 === "string"){
if(func3(data36) > 256){
const err94 = {instancePath:instancePath+"/issuers/" + i6+"/subject_claim",schemaPath:"#/properties/issuers/items/properties/subject_claim/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters",schema:256,parentSchema:schema31.properties.issuers.items.properties.subject_claim,data:data36};
if(vErrors === null){
vErrors = [err94];
}
else {
vErrors.push(err94);
}
errors++;
}
if(func3(data36) < 1){
const err95 = {instancePath:instancePath+"/issuers/" + i6+"/subject_claim",schemaPath:"#/properties/issuers/items/properties/subject_claim/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.issuers.items.properties.subject_claim,data:data36};
if(vErrors === null){
vErrors = [err95];
}
else {
vErrors.push(err95);
}
errors++;
}
}
else {
const err96 = {instancePath:instancePath+"/issuers/" + i6+"/subject_claim",schemaPath:"#/properties/issuers/items/properties/subject_claim/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.issuers.items.properties.subject_claim.type,parentSchema:schema31.properties.issuers.items.properties.subject_claim,data:data36};
if(vErrors === null){
vErrors = [err96];
}
else {
vErrors.push(err96);
}
errors++;
}
}
}
else {
const err97 = {instancePath:instancePath+"/issuers/" + i6,schemaPath:"#/properties/issuers/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.issuers.items.type,parentSchema:schema31.properties.issuers.items,data:data25};
if(vErrors === null){
vErrors = [err97];
}
else {
vErrors.push(err97);
}
errors++;
}
}
}
else {
const err98 = {instancePath:instancePath+"/issuers",schemaPath:"#/properties/issuers/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.issuers.type,parentSchema:schema31.properties.issuers,data:data24};
if(vErrors === null){
vErrors = [err98];
}
else {
vErrors.push(err98);
}
errors++;
}
}
if(data.issuer_keys !== undefined){
let data37 = data.issuer_keys;
if(data37 && typeof data37 == "object" && !Array.isArray(data37)){
for(const key4 in data37){
if(!((((((((key4 === "timeout") || (key4 === "refresh_interval")) || (key4 === "cooldown")) || (key4 === "stale_use")) || (key4 === "min_backoff")) || (key4 === "max_backoff")) || (key4 === "max_response_size")) || (key4 === "max_keys"))){
const err99 = {instancePath:instancePath+"/issuer_keys",schemaPath:"#/properties/issuer_keys/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.issuer_keys,data:data37};
if(vErrors === null){
vErrors = [err99];
}
else {
vErrors.push(err99);
}
errors++;
}
}
if(data37.timeout !== undefined){
let data38 = data37.timeout;
if(typeof data38 === "string"){
if(!pattern6.test(data38)){
const err100 = {instancePath:instancePath+"/issuer_keys/timeout",schemaPath:"#/properties/issuer_keys/properties/timeout/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.issuer_keys.properties.timeout,data:data38};
if(vErrors === null){
vErrors = [err100];
}
else {
vErrors.push(err100);
}
errors++;
}
}
else {
const err101 = {instancePath:instancePath+"/issuer_keys/timeout",schemaPath:"#/properties/issuer_keys/properties/timeout/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.issuer_keys.properties.timeout.type,parentSchema:schema31.properties.issuer_keys.properties.timeout,data:data38};
if(vErrors === null){
vErrors = [err101];
}
else {
vErrors.push(err101);
}
errors++;
}
}
if(data37.refresh_interval !== undefined){
let data39 = data37.refresh_interval;
if(typeof data39 === "string"){
if(!pattern6.test(data39)){
const err102 = {instancePath:instancePath+"/issuer_keys/refresh_interval",schemaPath:"#/properties/issuer_keys/properties/refresh_interval/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.issuer_keys.properties.refresh_interval,data:data39};
if(vErrors === null){
vErrors = [err102];
}
else {
vErrors.push(err102);
}
errors++;
}
}
else {
const err103 = {instancePath:instancePath+"/issuer_keys/refresh_interval",schemaPath:"#/properties/issuer_keys/properties/refresh_interval/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.issuer_keys.properties.refresh_interval.type,parentSchema:schema31.properties.issuer_keys.properties.refresh_interval,data:data39};
if(vErrors === null){
vErrors = [err103];
}
else {
vErrors.push(err103);
}
errors++;
}
}
if(data37.cooldown !== undefined){
let data40 = data37.cooldown;
if(typeof data40 === "string"){
if(!pattern6.test(data40)){
const err104 = {instancePath:instancePath+"/issuer_keys/cooldown",schemaPath:"#/properties/issuer_keys/properties/cooldown/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.issuer_keys.properties.cooldown,data:data40};
if(vErrors === null){
vErrors = [err104];
}
else {
vErrors.push(err104);
}
errors++;
}
}
else {
const err105 = {instancePath:instancePath+"/issuer_keys/cooldown",schemaPath:"#/properties/issuer_keys/properties/cooldown/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.issuer_keys.properties.cooldown.type,parentSchema:schema31.properties.issuer_keys.properties.cooldown,data:data40};
if(vErrors === null){
vErrors = [err105];
}
else {
vErrors.push(err105);
}
errors++;
}
}
if(data37.stale_use !== undefined){
let data41 = data37.stale_use;
if(typeof data41 === "string"){
if(!pattern6.test(data41)){
const err106 = {instancePath:instancePath+"/issuer_keys/stale_use",schemaPath:"#/properties/issuer_keys/properties/stale_use/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.issuer_keys.properties.stale_use,data:data41};
if(vErrors === null){
vErrors = [err106];
}
else {
vErrors.push(err106);
}
errors++;
}
}
else {
const err107 = {instancePath:instancePath+"/issuer_keys/stale_use",schemaPath:"#/properties/issuer_keys/properties/stale_use/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.issuer_keys.properties.stale_use.type,parentSchema:schema31.properties.issuer_keys.properties.stale_use,data:data41};
if(vErrors === null){
vErrors = [err107];
}
else {
vErrors.push(err107);
}
errors++;
}
}
if(data37.min_backoff !== undefined){
let data42 = data37.min_backoff;
if(typeof data42 === "string"){
if(!pattern6.test(data42)){
const err108 = {instancePath:instancePath+"/issuer_keys/min_backoff",schemaPath:"#/properties/issuer_keys/properties/min_backoff/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.issuer_keys.properties.min_backoff,data:data42};
if(vErrors === null){
vErrors = [err108];
}
else {
vErrors.push(err108);
}
errors++;
}
}
else {
const err109 = {instancePath:instancePath+"/issuer_keys/min_backoff",schemaPath:"#/properties/issuer_keys/properties/min_backoff/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.issuer_keys.properties.min_backoff.type,parentSchema:schema31.properties.issuer_keys.properties.min_backoff,data:data42};
if(vErrors === null){
vErrors = [err109];
}
else {
vErrors.push(err109);
}
errors++;
}
}
if(data37.max_backoff !== undefined){
let data43 = data37.max_backoff;
if(typeof data43 === "string"){
if(!pattern6.test(data43)){
const err110 = {instancePath:instancePath+"/issuer_keys/max_backoff",schemaPath:"#/properties/issuer_keys/properties/max_backoff/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.issuer_keys.properties.max_backoff,data:data43};
if(vErrors === null){
vErrors = [err110];
}
else {
vErrors.push(err110);
}
errors++;
}
}
else {
const err111 = {instancePath:instancePath+"/issuer_keys/max_backoff",schemaPath:"#/properties/issuer_keys/properties/max_backoff/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.issuer_keys.properties.max_backoff.type,parentSchema:schema31.properties.issuer_keys.properties.max_backoff,data:data43};
if(vErrors === null){
vErrors = [err111];
}
else {
vErrors.push(err111);
}
errors++;
}
}
if(data37.max_response_size !== undefined){
let data44 = data37.max_response_size;
if(typeof data44 === "string"){
if(!pattern4.test(data44)){
const err112 = {instancePath:instancePath+"/issuer_keys/max_response_size",schemaPath:"#/properties/issuer_keys/properties/max_response_size/pattern",keyword:"pattern",params:{pattern: "^\\d{1,12}(B|KiB|MiB|GiB)$"},message:"must match pattern \""+"^\\d{1,12}(B|KiB|MiB|GiB)$"+"\"",schema:"^\\d{1,12}(B|KiB|MiB|GiB)$",parentSchema:schema31.properties.issuer_keys.properties.max_response_size,data:data44};
if(vErrors === null){
vErrors = [err112];
}
else {
vErrors.push(err112);
}
errors++;
}
}
else {
const err113 = {instancePath:instancePath+"/issuer_keys/max_response_size",schemaPath:"#/properties/issuer_keys/properties/max_response_size/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.issuer_keys.properties.max_response_size.type,parentSchema:schema31.properties.issuer_keys.properties.max_response_size,data:data44};
if(vErrors === null){
vErrors = [err113];
}
else {
vErrors.push(err113);
}
errors++;
}
}
if(data37.max_keys !== undefined){
let data45 = data37.max_keys;
if(!(((typeof data45 == "number") && (!(data45 % 1) && !isNaN(data45))) && (isFinite(data45)))){
const err114 = {instancePath:instancePath+"/issuer_keys/max_keys",schemaPath:"#/properties/issuer_keys/properties/max_keys/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema31.properties.issuer_keys.properties.max_keys.type,parentSchema:schema31.properties.issuer_keys.properties.max_keys,data:data45};
if(vErrors === null){
vErrors = [err114];
}
else {
vErrors.push(err114);
}
errors++;
}
if((typeof data45 == "number") && (isFinite(data45))){
if(data45 > 1000 || isNaN(data45)){
const err115 = {instancePath:instancePath+"/issuer_keys/max_keys",schemaPath:"#/properties/issuer_keys/properties/max_keys/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000},message:"must be <= 1000",schema:1000,parentSchema:schema31.properties.issuer_keys.properties.max_keys,data:data45};
if(vErrors === null){
vErrors = [err115];
}
else {
vErrors.push(err115);
}
errors++;
}
if(data45 < 1 || isNaN(data45)){
const err116 = {instancePath:instancePath+"/issuer_keys/max_keys",schemaPath:"#/properties/issuer_keys/properties/max_keys/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema31.properties.issuer_keys.properties.max_keys,data:data45};
if(vErrors === null){
vErrors = [err116];
}
else {
vErrors.push(err116);
}
errors++;
}
}
}
}
else {
const err117 = {instancePath:instancePath+"/issuer_keys",schemaPath:"#/properties/issuer_keys/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.issuer_keys.type,parentSchema:schema31.properties.issuer_keys,data:data37};
if(vErrors === null){
vErrors = [err117];
}
else {
vErrors.push(err117);
}
errors++;
}
}
if(data.authentication !== undefined){
let data46 = data.authentication;
if(data46 && typeof data46 == "object" && !Array.isArray(data46)){
for(const key5 in data46){
if(!((((key5 === "clock_skew") || (key5 === "max_token_size")) || (key5 === "token_cache_entries")) || (key5 === "token_cache_max_age"))){
const err118 = {instancePath:instancePath+"/authentication",schemaPath:"#/properties/authentication/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.authentication,data:data46};
if(vErrors === null){
vErrors = [err118];
}
else {
vErrors.push(err118);
}
errors++;
}
}
if(data46.clock_skew !== undefined){
let data47 = data46.clock_skew;
if(typeof data47 === "string"){
if(!pattern6.test(data47)){
const err119 = {instancePath:instancePath+"/authentication/clock_skew",schemaPath:"#/properties/authentication/properties/clock_skew/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.authentication.properties.clock_skew,data:data47};
if(vErrors === null){
vErrors = [err119];
}
else {
vErrors.push(err119);
}
errors++;
}
}
else {
const err120 = {instancePath:instancePath+"/authentication/clock_skew",schemaPath:"#/properties/authentication/properties/clock_skew/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.authentication.properties.clock_skew.type,parentSchema:schema31.properties.authentication.properties.clock_skew,data:data47};
if(vErrors === null){
vErrors = [err120];
}
else {
vErrors.push(err120);
}
errors++;
}
}
if(data46.max_token_size !== undefined){
let data48 = data46.max_token_size;
if(typeof data48 === "string"){
if(!pattern4.test(data48)){
const err121 = {instancePath:instancePath+"/authentication/max_token_size",schemaPath:"#/properties/authentication/properties/max_token_size/pattern",keyword:"pattern",params:{pattern: "^\\d{1,12}(B|KiB|MiB|GiB)$"},message:"must match pattern \""+"^\\d{1,12}(B|KiB|MiB|GiB)$"+"\"",schema:"^\\d{1,12}(B|KiB|MiB|GiB)$",parentSchema:schema31.properties.authentication.properties.max_token_size,data:data48};
if(vErrors === null){
vErrors = [err121];
}
else {
vErrors.push(err121);
}
errors++;
}
}
else {
const err122 = {instancePath:instancePath+"/authentication/max_token_size",schemaPath:"#/properties/authentication/properties/max_token_size/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.authentication.properties.max_token_size.type,parentSchema:schema31.properties.authentication.properties.max_token_size,data:data48};
if(vErrors === null){
vErrors = [err122];
}
else {
vErrors.push(err122);
}
errors++;
}
}
if(data46.token_cache_entries !== undefined){
let data49 = data46.token_cache_entries;
if(!(((typeof data49 == "number") && (!(data49 % 1) && !isNaN(data49))) && (isFinite(data49)))){
const err123 = {instancePath:instancePath+"/authentication/token_cache_entries",schemaPath:"#/properties/authentication/properties/token_cache_entries/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema31.properties.authentication.properties.token_cache_entries.type,parentSchema:schema31.properties.authentication.properties.token_cache_entries,data:data49};
if(vErrors === null){
vErrors = [err123];
}
else {
vErrors.push(err123);
}
errors++;
}
if((typeof data49 == "number") && (isFinite(data49))){
if(data49 > 1000000 || isNaN(data49)){
const err124 = {instancePath:instancePath+"/authentication/token_cache_entries",schemaPath:"#/properties/authentication/properties/token_cache_entries/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000",schema:1000000,parentSchema:schema31.properties.authentication.properties.token_cache_entries,data:data49};
if(vErrors === null){
vErrors = [err124];
}
else {
vErrors.push(err124);
}
errors++;
}
if(data49 < 1 || isNaN(data49)){
const err125 = {instancePath:instancePath+"/authentication/token_cache_entries",schemaPath:"#/properties/authentication/properties/token_cache_entries/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema31.properties.authentication.properties.token_cache_entries,data:data49};
if(vErrors === null){
vErrors = [err125];
}
else {
vErrors.push(err125);
}
errors++;
}
}
}
if(data46.token_cache_max_age !== undefined){
let data50 = data46.token_cache_max_age;
if(typeof data50 === "string"){
if(!pattern6.test(data50)){
const err126 = {instancePath:instancePath+"/authentication/token_cache_max_age",schemaPath:"#/properties/authentication/properties/token_cache_max_age/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.authentication.properties.token_cache_max_age,data:data50};
if(vErrors === null){
vErrors = [err126];
}
else {
vErrors.push(err126);
}
errors++;
}
}
else {
const err127 = {instancePath:instancePath+"/authentication/token_cache_max_age",schemaPath:"#/properties/authentication/properties/token_cache_max_age/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.authentication.properties.token_cache_max_age.type,parentSchema:schema31.properties.authentication.properties.token_cache_max_age,data:data50};
if(vErrors === null){
vErrors = [err127];
}
else {
vErrors.push(err127);
}
errors++;
}
}
}
else {
const err128 = {instancePath:instancePath+"/authentication",schemaPath:"#/properties/authentication/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.authentication.type,parentSchema:schema31.properties.authentication,data:data46};
if(vErrors === null){
vErrors = [err128];
}
else {
vErrors.push(err128);
}
errors++;
}
}
if(data.identity_token !== undefined){
let data51 = data.identity_token;
if(data51 && typeof data51 == "object" && !Array.isArray(data51)){
for(const key6 in data51){
if(!(((key6 === "issuer") || (key6 === "lifetime")) || (key6 === "key_file"))){
const err129 = {instancePath:instancePath+"/identity_token",schemaPath:"#/properties/identity_token/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.identity_token,data:data51};
if(vErrors === null){
vErrors = [err129];
}
else {
vErrors.push(err129);
}
errors++;
}
}
if(data51.issuer !== undefined){
let data52 = data51.issuer;
if(typeof data52 === "string"){
if(func3(data52) > 4096){
const err130 = {instancePath:instancePath+"/identity_token/issuer",schemaPath:"#/properties/identity_token/properties/issuer/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema31.properties.identity_token.properties.issuer,data:data52};
if(vErrors === null){
vErrors = [err130];
}
else {
vErrors.push(err130);
}
errors++;
}
if(func3(data52) < 1){
const err131 = {instancePath:instancePath+"/identity_token/issuer",schemaPath:"#/properties/identity_token/properties/issuer/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.identity_token.properties.issuer,data:data52};
if(vErrors === null){
vErrors = [err131];
}
else {
vErrors.push(err131);
}
errors++;
}
}
else {
const err132 = {instancePath:instancePath+"/identity_token/issuer",schemaPath:"#/properties/identity_token/properties/issuer/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.identity_token.properties.issuer.type,parentSchema:schema31.properties.identity_token.properties.issuer,data:data52};
if(vErrors === null){
vErrors = [err132];
}
else {
vErrors.push(err132);
}
errors++;
}
}
if(data51.lifetime !== undefined){
let data53 = data51.lifetime;
if(typeof data53 === "string"){
if(!pattern6.test(data53)){
const err133 = {instancePath:instancePath+"/identity_token/lifetime",schemaPath:"#/properties/identity_token/properties/lifetime/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.identity_token.properties.lifetime,data:data53};
if(vErrors === null){
vErrors = [err133];
}
else {
vErrors.push(err133);
}
errors++;
}
}
else {
const err134 = {instancePath:instancePath+"/identity_token/lifetime",schemaPath:"#/properties/identity_token/properties/lifetime/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.identity_token.properties.lifetime.type,parentSchema:schema31.properties.identity_token.properties.lifetime,data:data53};
if(vErrors === null){
vErrors = [err134];
}
else {
vErrors.push(err134);
}
errors++;
}
}
if(data51.key_file !== undefined){
let data54 = data51.key_file;
if(typeof data54 === "string"){
if(func3(data54) > 4096){
const err135 = {instancePath:instancePath+"/identity_token/key_file",schemaPath:"#/properties/identity_token/properties/key_file/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema31.properties.identity_token.properties.key_file,data:data54};
if(vErrors === null){
vErrors = [err135];
}
else {
vErrors.push(err135);
}
errors++;
}
if(func3(data54) < 1){
const err136 = {instancePath:instancePath+"/identity_token/key_file",schemaPath:"#/properties/identity_token/properties/key_file/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.identity_token.properties.key_file,data:data54};
if(vErrors === null){
vErrors = [err136];
}
else {
vErrors.push(err136);
}
errors++;
}
}
else {
const err137 = {instancePath:instancePath+"/identity_token/key_file",schemaPath:"#/properties/identity_token/properties/key_file/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.identity_token.properties.key_file.type,parentSchema:schema31.properties.identity_token.properties.key_file,data:data54};
if(vErrors === null){
vErrors = [err137];
}
else {
vErrors.push(err137);
}
errors++;
}
}
}
else {
const err138 = {instancePath:instancePath+"/identity_token",schemaPath:"#/properties/identity_token/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.identity_token.type,parentSchema:schema31.properties.identity_token,data:data51};
if(vErrors === null){
vErrors = [err138];
}
else {
vErrors.push(err138);
}
errors++;
}
}
if(data.check !== undefined){
let data55 = data.check;
if(data55 && typeof data55 == "object" && !Array.isArray(data55)){
for(const key7 in data55){
if(!(func1.call(schema31.properties.check.properties, key7))){
const err139 = {instancePath:instancePath+"/check",schemaPath:"#/properties/check/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key7},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.check,data:data55};
if(vErrors === null){
vErrors = [err139];
}
else {
vErrors.push(err139);
}
errors++;
}
}
if(data55.host !== undefined){
let data56 = data55.host;
if(typeof data56 === "string"){
if(func3(data56) > 4096){
const err140 = {instancePath:instancePath+"/check/host",schemaPath:"#/properties/check/properties/host/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema31.properties.check.properties.host,data:data56};
if(vErrors === null){
vErrors = [err140];
}
else {
vErrors.push(err140);
}
errors++;
}
if(func3(data56) < 1){
const err141 = {instancePath:instancePath+"/check/host",schemaPath:"#/properties/check/properties/host/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.check.properties.host,data:data56};
if(vErrors === null){
vErrors = [err141];
}
else {
vErrors.push(err141);
}
errors++;
}
}
else {
const err142 = {instancePath:instancePath+"/check/host",schemaPath:"#/properties/check/properties/host/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.check.properties.host.type,parentSchema:schema31.properties.check.properties.host,data:data56};
if(vErrors === null){
vErrors = [err142];
}
else {
vErrors.push(err142);
}
errors++;
}
}
if(data55.port !== undefined){
let data57 = data55.port;
if(!(((typeof data57 == "number") && (!(data57 % 1) && !isNaN(data57))) && (isFinite(data57)))){
const err143 = {instancePath:instancePath+"/check/port",schemaPath:"#/properties/check/properties/port/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema31.properties.check.properties.port.type,parentSchema:schema31.properties.check.properties.port,data:data57};
if(vErrors === null){
vErrors = [err143];
}
else {
vErrors.push(err143);
}
errors++;
}
if((typeof data57 == "number") && (isFinite(data57))){
if(data57 > 65535 || isNaN(data57)){
const err144 = {instancePath:instancePath+"/check/port",schemaPath:"#/properties/check/properties/port/maximum",keyword:"maximum",params:{comparison: "<=", limit: 65535},message:"must be <= 65535",schema:65535,parentSchema:schema31.properties.check.properties.port,data:data57};
if(vErrors === null){
vErrors = [err144];
}
else {
vErrors.push(err144);
}
errors++;
}
if(data57 < 0 || isNaN(data57)){
const err145 = {instancePath:instancePath+"/check/port",schemaPath:"#/properties/check/properties/port/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema31.properties.check.properties.port,data:data57};
if(vErrors === null){
vErrors = [err145];
}
else {
vErrors.push(err145);
}
errors++;
}
}
}
if(data55.public_url !== undefined){
let data58 = data55.public_url;
if(typeof data58 === "string"){
if(func3(data58) > 4096){
const err146 = {instancePath:instancePath+"/check/public_url",schemaPath:"#/properties/check/properties/public_url/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema31.properties.check.properties.public_url,data:data58};
if(vErrors === null){
vErrors = [err146];
}
else {
vErrors.push(err146);
}
errors++;
}
if(func3(data58) < 1){
const err147 = {instancePath:instancePath+"/check/public_url",schemaPath:"#/properties/check/properties/public_url/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.check.properties.public_url,data:data58};
if(vErrors === null){
vErrors = [err147];
}
else {
vErrors.push(err147);
}
errors++;
}
}
else {
const err148 = {instancePath:instancePath+"/check/public_url",schemaPath:"#/properties/check/properties/public_url/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.check.properties.public_url.type,parentSchema:schema31.properties.check.properties.public_url,data:data58};
if(vErrors === null){
vErrors = [err148];
}
else {
vErrors.push(err148);
}
errors++;
}
}
if(data55.keys !== undefined){
let data59 = data55.keys;
if(Array.isArray(data59)){
if(data59.length > 1000){
const err149 = {instancePath:instancePath+"/check/keys",schemaPath:"#/properties/check/properties/keys/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items",schema:1000,parentSchema:schema31.properties.check.properties.keys,data:data59};
if(vErrors === null){
vErrors = [err149];
}
else {
vErrors.push(err149);
}
errors++;
}
const len7 = data59.length;
for(let i13=0; i13<len7; i13++){
let data60 = data59[i13];
if(data60 && typeof data60 == "object" && !Array.isArray(data60)){
if(data60.id === undefined){
const err150 = {instancePath:instancePath+"/check/keys/" + i13,schemaPath:"#/properties/check/properties/keys/items/required",keyword:"required",params:{missingProperty: "id"},message:"must have required property '"+"id"+"'",schema:schema31.properties.check.properties.keys.items.required,parentSchema:schema31.properties.check.properties.keys.items,data:data60};
if(vErrors === null){
vErrors = [err150];
}
else {
vErrors.push(err150);
}
errors++;
}
if(data60.sha256 === undefined){
const err151 = {instancePath:instancePath+"/check/keys/" + i13,schemaPath:"#/properties/check/properties/keys/items/required",keyword:"required",params:{missingProperty: "sha256"},message:"must have required property '"+"sha256"+"'",schema:schema31.properties.check.properties.keys.items.required,parentSchema:schema31.properties.check.properties.keys.items,data:data60};
if(vErrors === null){
vErrors = [err151];
}
else {
vErrors.push(err151);
}
errors++;
}
for(const key8 in data60){
if(!((key8 === "id") || (key8 === "sha256"))){
const err152 = {instancePath:instancePath+"/check/keys/" + i13,schemaPath:"#/properties/check/properties/keys/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key8},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.check.properties.keys.items,data:data60};
if(vErrors === null){
vErrors = [err152];
}
else {
vErrors.push(err152);
}
errors++;
}
}
if(data60.id !== undefined){
let data61 = data60.id;
if(typeof data61 === "string"){
if(!pattern26.test(data61)){
const err153 = {instancePath:instancePath+"/check/keys/" + i13+"/id",schemaPath:"#/properties/check/properties/keys/items/properties/id/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$"},message:"must match pattern \""+"^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$"+"\"",schema:"^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$",parentSchema:schema31.properties.check.properties.keys.items.properties.id,data:data61};
if(vErrors === null){
vErrors = [err153];
}
else {
vErrors.push(err153);
}
errors++;
}
}
else {
const err154 = {instancePath:instancePath+"/check/keys/" + i13+"/id",schemaPath:"#/properties/check/properties/keys/items/properties/id/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.check.properties.keys.items.properties.id.type,parentSchema:schema31.properties.check.properties.keys.items.properties.id,data:data61};
if(vErrors === null){
vErrors = [err154];
}
else {
vErrors.push(err154);
}
errors++;
}
}
if(data60.sha256 !== undefined){
let data62 = data60.sha256;
if(typeof data62 === "string"){
if(!pattern27.test(data62)){
const err155 = {instancePath:instancePath+"/check/keys/" + i13+"/sha256",schemaPath:"#/properties/check/properties/keys/items/properties/sha256/pattern",keyword:"pattern",params:{pattern: "^[0-9a-fA-F]{64}$"},message:"must match pattern \""+"^[0-9a-fA-F]{64}$"+"\"",schema:"^[0-9a-fA-F]{64}$",parentSchema:schema31.properties.check.properties.keys.items.properties.sha256,data:data62};
if(vErrors === null){
vErrors = [err155];
}
else {
vErrors.push(err155);
}
errors++;
}
}
else {
const err156 = {instancePath:instancePath+"/check/keys/" + i13+"/sha256",schemaPath:"#/properties/check/properties/keys/items/properties/sha256/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.check.properties.keys.items.properties.sha256.type,parentSchema:schema31.properties.check.properties.keys.items.properties.sha256,data:data62};
if(vErrors === null){
vErrors = [err156];
}
else {
vErrors.push(err156);
}
errors++;
}
}
}
else {
const err157 = {instancePath:instancePath+"/check/keys/" + i13,schemaPath:"#/properties/check/properties/keys/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.check.properties.keys.items.type,parentSchema:schema31.properties.check.properties.keys.items,data:data60};
if(vErrors === null){
vErrors = [err157];
}
else {
vErrors.push(err157);
}
errors++;
}
}
}
else {
const err158 = {instancePath:instancePath+"/check/keys",schemaPath:"#/properties/check/properties/keys/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.check.properties.keys.type,parentSchema:schema31.properties.check.properties.keys,data:data59};
if(vErrors === null){
vErrors = [err158];
}
else {
vErrors.push(err158);
}
errors++;
}
}
if(data55.keys_file !== undefined){
let data63 = data55.keys_file;
if(typeof data63 === "string"){
if(func3(data63) > 4096){
const err159 = {instancePath:instancePath+"/check/keys_file",schemaPath:"#/properties/check/properties/keys_file/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema31.properties.check.properties.keys_file,data:data63};
if(vErrors === null){
vErrors = [err159];
}
else {
vErrors.push(err159);
}
errors++;
}
if(func3(data63) < 1){
const err160 = {instancePath:instancePath+"/check/keys_file",schemaPath:"#/properties/check/properties/keys_file/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.check.properties.keys_file,data:data63};
if(vErrors === null){
vErrors = [err160];
}
else {
vErrors.push(err160);
}
errors++;
}
}
else {
const err161 = {instancePath:instancePath+"/check/keys_file",schemaPath:"#/properties/check/properties/keys_file/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.check.properties.keys_file.type,parentSchema:schema31.properties.check.properties.keys_file,data:data63};
if(vErrors === null){
vErrors = [err161];
}
else {
vErrors.push(err161);
}
errors++;
}
}
if(data55.token_subjects !== undefined){
let data64 = data55.token_subjects;
if(Array.isArray(data64)){
if(data64.length > 1000){
const err162 = {instancePath:instancePath+"/check/token_subjects",schemaPath:"#/properties/check/properties/token_subjects/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items",schema:1000,parentSchema:schema31.properties.check.properties.token_subjects,data:data64};
if(vErrors === null){
vErrors = [err162];
}
else {
vErrors.push(err162);
}
errors++;
}
const len8 = data64.length;
for(let i14=0; i14<len8; i14++){
let data65 = data64[i14];
if(typeof data65 === "string"){
if(func3(data65) > 1024){
const err163 = {instancePath:instancePath+"/check/token_subjects/" + i14,schemaPath:"#/properties/check/properties/token_subjects/items/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters",schema:1024,parentSchema:schema31.properties.check.properties.token_subjects.items,data:data65};
if(vErrors === null){
vErrors = [err163];
}
else {
vErrors.push(err163);
}
errors++;
}
if(func3(data65) < 1){
const err164 = {instancePath:instancePath+"/check/token_subjects/" + i14,schemaPath:"#/properties/check/properties/token_subjects/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.check.properties.token_subjects.items,data:data65};
if(vErrors === null){
vErrors = [err164];
}
else {
vErrors.push(err164);
}
errors++;
}
}
else {
const err165 = {instancePath:instancePath+"/check/token_subjects/" + i14,schemaPath:"#/properties/check/properties/token_subjects/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.check.properties.token_subjects.items.type,parentSchema:schema31.properties.check.properties.token_subjects.items,data:data65};
if(vErrors === null){
vErrors = [err165];
}
else {
vErrors.push(err165);
}
errors++;
}
}
let i15 = data64.length;
let j6;
if(i15 > 1){
const indices6 = {};
for(;i15--;){
let item6 = data64[i15];
if(typeof item6 !== "string"){
continue;
}
if(typeof indices6[item6] == "number"){
j6 = indices6[item6];
const err166 = {instancePath:instancePath+"/check/token_subjects",schemaPath:"#/properties/check/properties/token_subjects/uniqueItems",keyword:"uniqueItems",params:{i: i15, j: j6},message:"must NOT have duplicate items (items ## "+j6+" and "+i15+" are identical)",schema:true,parentSchema:schema31.properties.check.properties.token_subjects,data:data64};
if(vErrors === null){
vErrors = [err166];
}
else {
vErrors.push(err166);
}
errors++;
break;
}
indices6[item6] = i15;
}
}
}
else {
const err167 = {instancePath:instancePath+"/check/token_subjects",schemaPath:"#/properties/check/properties/token_subjects/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.check.properties.token_subjects.type,parentSchema:schema31.properties.check.properties.token_subjects,data:data64};
if(vErrors === null){
vErrors = [err167];
}
else {
vErrors.push(err167);
}
errors++;
}
}
if(data55.allow_unauthenticated !== undefined){
let data66 = data55.allow_unauthenticated;
if(typeof data66 !== "boolean"){
const err168 = {instancePath:instancePath+"/check/allow_unauthenticated",schemaPath:"#/properties/check/properties/allow_unauthenticated/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema31.properties.check.properties.allow_unauthenticated.type,parentSchema:schema31.properties.check.properties.allow_unauthenticated,data:data66};
if(vErrors === null){
vErrors = [err168];
}
else {
vErrors.push(err168);
}
errors++;
}
}
if(data55.max_body_size !== undefined){
let data67 = data55.max_body_size;
if(typeof data67 === "string"){
if(!pattern4.test(data67)){
const err169 = {instancePath:instancePath+"/check/max_body_size",schemaPath:"#/properties/check/properties/max_body_size/pattern",keyword:"pattern",params:{pattern: "^\\d{1,12}(B|KiB|MiB|GiB)$"},message:"must match pattern \""+"^\\d{1,12}(B|KiB|MiB|GiB)$"+"\"",schema:"^\\d{1,12}(B|KiB|MiB|GiB)$",parentSchema:schema31.properties.check.properties.max_body_size,data:data67};
if(vErrors === null){
vErrors = [err169];
}
else {
vErrors.push(err169);
}
errors++;
}
}
else {
const err170 = {instancePath:instancePath+"/check/max_body_size",schemaPath:"#/properties/check/properties/max_body_size/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.check.properties.max_body_size.type,parentSchema:schema31.properties.check.properties.max_body_size,data:data67};
if(vErrors === null){
vErrors = [err170];
}
else {
vErrors.push(err170);
}
errors++;
}
}
if(data55.max_json_depth !== undefined){
let data68 = data55.max_json_depth;
if(!(((typeof data68 == "number") && (!(data68 % 1) && !isNaN(data68))) && (isFinite(data68)))){
const err171 = {instancePath:instancePath+"/check/max_json_depth",schemaPath:"#/properties/check/properties/max_json_depth/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema31.properties.check.properties.max_json_depth.type,parentSchema:schema31.properties.check.properties.max_json_depth,data:data68};
if(vErrors === null){
vErrors = [err171];
}
else {
vErrors.push(err171);
}
errors++;
}
if((typeof data68 == "number") && (isFinite(data68))){
if(data68 > 256 || isNaN(data68)){
const err172 = {instancePath:instancePath+"/check/max_json_depth",schemaPath:"#/properties/check/properties/max_json_depth/maximum",keyword:"maximum",params:{comparison: "<=", limit: 256},message:"must be <= 256",schema:256,parentSchema:schema31.properties.check.properties.max_json_depth,data:data68};
if(vErrors === null){
vErrors = [err172];
}
else {
vErrors.push(err172);
}
errors++;
}
if(data68 < 4 || isNaN(data68)){
const err173 = {instancePath:instancePath+"/check/max_json_depth",schemaPath:"#/properties/check/properties/max_json_depth/minimum",keyword:"minimum",params:{comparison: ">=", limit: 4},message:"must be >= 4",schema:4,parentSchema:schema31.properties.check.properties.max_json_depth,data:data68};
if(vErrors === null){
vErrors = [err173];
}
else {
vErrors.push(err173);
}
errors++;
}
}
}
if(data55.max_evaluations !== undefined){
let data69 = data55.max_evaluations;
if(!(((typeof data69 == "number") && (!(data69 % 1) && !isNaN(data69))) && (isFinite(data69)))){
const err174 = {instancePath:instancePath+"/check/max_evaluations",schemaPath:"#/properties/check/properties/max_evaluations/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema31.properties.check.properties.max_evaluations.type,parentSchema:schema31.properties.check.properties.max_evaluations,data:data69};
if(vErrors === null){
vErrors = [err174];
}
else {
vErrors.push(err174);
}
errors++;
}
if((typeof data69 == "number") && (isFinite(data69))){
if(data69 > 100000 || isNaN(data69)){
const err175 = {instancePath:instancePath+"/check/max_evaluations",schemaPath:"#/properties/check/properties/max_evaluations/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100000},message:"must be <= 100000",schema:100000,parentSchema:schema31.properties.check.properties.max_evaluations,data:data69};
if(vErrors === null){
vErrors = [err175];
}
else {
vErrors.push(err175);
}
errors++;
}
if(data69 < 1 || isNaN(data69)){
const err176 = {instancePath:instancePath+"/check/max_evaluations",schemaPath:"#/properties/check/properties/max_evaluations/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema31.properties.check.properties.max_evaluations,data:data69};
if(vErrors === null){
vErrors = [err176];
}
else {
vErrors.push(err176);
}
errors++;
}
}
}
if(data55.complete_entities !== undefined){
let data70 = data55.complete_entities;
if(typeof data70 !== "boolean"){
const err177 = {instancePath:instancePath+"/check/complete_entities",schemaPath:"#/properties/check/properties/complete_entities/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema31.properties.check.properties.complete_entities.type,parentSchema:schema31.properties.check.properties.complete_entities,data:data70};
if(vErrors === null){
vErrors = [err177];
}
else {
vErrors.push(err177);
}
errors++;
}
}
}
else {
const err178 = {instancePath:instancePath+"/check",schemaPath:"#/properties/check/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.check.type,parentSchema:schema31.properties.check,data:data55};
if(vErrors === null){
vErrors = [err178];
}
else {
vErrors.push(err178);
}
errors++;
}
}
if(data.operations !== undefined){
let data71 = data.operations;
if(data71 && typeof data71 == "object" && !Array.isArray(data71)){
for(const key9 in data71){
if(!((key9 === "host") || (key9 === "port"))){
const err179 = {instancePath:instancePath+"/operations",schemaPath:"#/properties/operations/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key9},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.operations,data:data71};
if(vErrors === null){
vErrors = [err179];
}
else {
vErrors.push(err179);
}
errors++;
}
}
if(data71.host !== undefined){
let data72 = data71.host;
if(typeof data72 === "string"){
if(func3(data72) > 4096){
const err180 = {instancePath:instancePath+"/operations/host",schemaPath:"#/properties/operations/properties/host/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema31.properties.operations.properties.host,data:data72};
if(vErrors === null){
vErrors = [err180];
}
else {
vErrors.push(err180);
}
errors++;
}
if(func3(data72) < 1){
const err181 = {instancePath:instancePath+"/operations/host",schemaPath:"#/properties/operations/properties/host/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.operations.properties.host,data:data72};
if(vErrors === null){
vErrors = [err181];
}
else {
vErrors.push(err181);
}
errors++;
}
}
else {
const err182 = {instancePath:instancePath+"/operations/host",schemaPath:"#/properties/operations/properties/host/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.operations.properties.host.type,parentSchema:schema31.properties.operations.properties.host,data:data72};
if(vErrors === null){
vErrors = [err182];
}
else {
vErrors.push(err182);
}
errors++;
}
}
if(data71.port !== undefined){
let data73 = data71.port;
if(!(((typeof data73 == "number") && (!(data73 % 1) && !isNaN(data73))) && (isFinite(data73)))){
const err183 = {instancePath:instancePath+"/operations/port",schemaPath:"#/properties/operations/properties/port/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema31.properties.operations.properties.port.type,parentSchema:schema31.properties.operations.properties.port,data:data73};
if(vErrors === null){
vErrors = [err183];
}
else {
vErrors.push(err183);
}
errors++;
}
if((typeof data73 == "number") && (isFinite(data73))){
if(data73 > 65535 || isNaN(data73)){
const err184 = {instancePath:instancePath+"/operations/port",schemaPath:"#/properties/operations/properties/port/maximum",keyword:"maximum",params:{comparison: "<=", limit: 65535},message:"must be <= 65535",schema:65535,parentSchema:schema31.properties.operations.properties.port,data:data73};
if(vErrors === null){
vErrors = [err184];
}
else {
vErrors.push(err184);
}
errors++;
}
if(data73 < 0 || isNaN(data73)){
const err185 = {instancePath:instancePath+"/operations/port",schemaPath:"#/properties/operations/properties/port/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema31.properties.operations.properties.port,data:data73};
if(vErrors === null){
vErrors = [err185];
}
else {
vErrors.push(err185);
}
errors++;
}
}
}
}
else {
const err186 = {instancePath:instancePath+"/operations",schemaPath:"#/properties/operations/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.operations.type,parentSchema:schema31.properties.operations,data:data71};
if(vErrors === null){
vErrors = [err186];
}
else {
vErrors.push(err186);
}
errors++;
}
}
if(data.records !== undefined){
let data74 = data.records;
if(data74 && typeof data74 == "object" && !Array.isArray(data74)){
for(const key10 in data74){
if(!((((key10 === "sink") || (key10 === "file")) || (key10 === "queue_capacity")) || (key10 === "flush_interval"))){
const err187 = {instancePath:instancePath+"/records",schemaPath:"#/properties/records/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key10},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.records,data:data74};
if(vErrors === null){
vErrors = [err187];
}
else {
vErrors.push(err187);
}
errors++;
}
}
if(data74.sink !== undefined){
let data75 = data74.sink;
if(typeof data75 !== "string"){
const err188 = {instancePath:instancePath+"/records/sink",schemaPath:"#/properties/records/properties/sink/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.records.properties.sink.type,parentSchema:schema31.properties.records.properties.sink,data:data75};
if(vErrors === null){
vErrors = [err188];
}
else {
vErrors.push(err188);
}
errors++;
}
if(!(((data75 === "stdout") || (data75 === "file")) || (data75 === "none"))){
const err189 = {instancePath:instancePath+"/records/sink",schemaPath:"#/properties/records/properties/sink/enum",keyword:"enum",params:{allowedValues: schema31.properties.records.properties.sink.enum},message:"must be equal to one of the allowed values",schema:schema31.properties.records.properties.sink.enum,parentSchema:schema31.properties.records.properties.sink,data:data75};
if(vErrors === null){
vErrors = [err189];
}
else {
vErrors.push(err189);
}
errors++;
}
}
if(data74.file !== undefined){
let data76 = data74.file;
if(typeof data76 === "string"){
if(func3(data76) > 4096){
const err190 = {instancePath:instancePath+"/records/file",schemaPath:"#/properties/records/properties/file/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema31.properties.records.properties.file,data:data76};
if(vErrors === null){
vErrors = [err190];
}
else {
vErrors.push(err190);
}
errors++;
}
if(func3(data76) < 1){
const err191 = {instancePath:instancePath+"/records/file",schemaPath:"#/properties/records/properties/file/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.records.properties.file,data:data76};
if(vErrors === null){
vErrors = [err191];
}
else {
vErrors.push(err191);
}
errors++;
}
}
else {
const err192 = {instancePath:instancePath+"/records/file",schemaPath:"#/properties/records/properties/file/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.records.properties.file.type,parentSchema:schema31.properties.records.properties.file,data:data76};
if(vErrors === null){
vErrors = [err192];
}
else {
vErrors.push(err192);
}
errors++;
}
}
if(data74.queue_capacity !== undefined){
let data77 = data74.queue_capacity;
if(!(((typeof data77 == "number") && (!(data77 % 1) && !isNaN(data77))) && (isFinite(data77)))){
const err193 = {instancePath:instancePath+"/records/queue_capacity",schemaPath:"#/properties/records/properties/queue_capacity/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema31.properties.records.properties.queue_capacity.type,parentSchema:schema31.properties.records.properties.queue_capacity,data:data77};
if(vErrors === null){
vErrors = [err193];
}
else {
vErrors.push(err193);
}
errors++;
}
if((typeof data77 == "number") && (isFinite(data77))){
if(data77 > 1048576 || isNaN(data77)){
const err194 = {instancePath:instancePath+"/records/queue_capacity",schemaPath:"#/properties/records/properties/queue_capacity/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1048576},message:"must be <= 1048576",schema:1048576,parentSchema:schema31.properties.records.properties.queue_capacity,data:data77};
if(vErrors === null){
vErrors = [err194];
}
else {
vErrors.push(err194);
}
errors++;
}
if(data77 < 1024 || isNaN(data77)){
const err195 = {instancePath:instancePath+"/records/queue_capacity",schemaPath:"#/properties/records/properties/queue_capacity/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1024},message:"must be >= 1024",schema:1024,parentSchema:schema31.properties.records.properties.queue_capacity,data:data77};
if(vErrors === null){
vErrors = [err195];
}
else {
vErrors.push(err195);
}
errors++;
}
}
}
if(data74.flush_interval !== undefined){
let data78 = data74.flush_interval;
if(typeof data78 === "string"){
if(!pattern6.test(data78)){
const err196 = {instancePath:instancePath+"/records/flush_interval",schemaPath:"#/properties/records/properties/flush_interval/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.records.properties.flush_interval,data:data78};
if(vErrors === null){
vErrors = [err196];
}
else {
vErrors.push(err196);
}
errors++;
}
}
else {
const err197 = {instancePath:instancePath+"/records/flush_interval",schemaPath:"#/properties/records/properties/flush_interval/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.records.properties.flush_interval.type,parentSchema:schema31.properties.records.properties.flush_interval,data:data78};
if(vErrors === null){
vErrors = [err197];
}
else {
vErrors.push(err197);
}
errors++;
}
}
}
else {
const err198 = {instancePath:instancePath+"/records",schemaPath:"#/properties/records/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.records.type,parentSchema:schema31.properties.records,data:data74};
if(vErrors === null){
vErrors = [err198];
}
else {
vErrors.push(err198);
}
errors++;
}
}
if(data.policies !== undefined){
let data79 = data.policies;
if(data79 && typeof data79 == "object" && !Array.isArray(data79)){
for(const key11 in data79){
if(!(((key11 === "dir") || (key11 === "settle")) || (key11 === "poll_interval"))){
const err199 = {instancePath:instancePath+"/policies",schemaPath:"#/properties/policies/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key11},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.policies,data:data79};
if(vErrors === null){
vErrors = [err199];
}
else {
vErrors.push(err199);
}
errors++;
}
}
if(data79.dir !== undefined){
let data80 = data79.dir;
if(typeof data80 === "string"){
if(func3(data80) > 4096){
const err200 = {instancePath:instancePath+"/policies/dir",schemaPath:"#/properties/policies/properties/dir/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema31.properties.policies.properties.dir,data:data80};
if(vErrors === null){
vErrors = [err200];
}
else {
vErrors.push(err200);
}
errors++;
}
if(func3(data80) < 1){
const err201 = {instancePath:instancePath+"/policies/dir",schemaPath:"#/properties/policies/properties/dir/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.policies.properties.dir,data:data80};
if(vErrors === null){
vErrors = [err201];
}
else {
vErrors.push(err201);
}
errors++;
}
}
else {
const err202 = {instancePath:instancePath+"/policies/dir",schemaPath:"#/properties/policies/properties/dir/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.policies.properties.dir.type,parentSchema:schema31.properties.policies.properties.dir,data:data80};
if(vErrors === null){
vErrors = [err202];
}
else {
vErrors.push(err202);
}
errors++;
}
}
if(data79.settle !== undefined){
let data81 = data79.settle;
if(typeof data81 === "string"){
if(!pattern6.test(data81)){
const err203 = {instancePath:instancePath+"/policies/settle",schemaPath:"#/properties/policies/properties/settle/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.policies.properties.settle,data:data81};
if(vErrors === null){
vErrors = [err203];
}
else {
vErrors.push(err203);
}
errors++;
}
}
else {
const err204 = {instancePath:instancePath+"/policies/settle",schemaPath:"#/properties/policies/properties/settle/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.policies.properties.settle.type,parentSchema:schema31.properties.policies.properties.settle,data:data81};
if(vErrors === null){
vErrors = [err204];
}
else {
vErrors.push(err204);
}
errors++;
}
}
if(data79.poll_interval !== undefined){
let data82 = data79.poll_interval;
if(typeof data82 === "string"){
if(!pattern6.test(data82)){
const err205 = {instancePath:instancePath+"/policies/poll_interval",schemaPath:"#/properties/policies/properties/poll_interval/pattern",keyword:"pattern",params:{pattern: "^\\d{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^\\d{1,9}(ms|s|m|h|d)$"+"\"",schema:"^\\d{1,9}(ms|s|m|h|d)$",parentSchema:schema31.properties.policies.properties.poll_interval,data:data82};
if(vErrors === null){
vErrors = [err205];
}
else {
vErrors.push(err205);
}
errors++;
}
}
else {
const err206 = {instancePath:instancePath+"/policies/poll_interval",schemaPath:"#/properties/policies/properties/poll_interval/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.policies.properties.poll_interval.type,parentSchema:schema31.properties.policies.properties.poll_interval,data:data82};
if(vErrors === null){
vErrors = [err206];
}
else {
vErrors.push(err206);
}
errors++;
}
}
}
else {
const err207 = {instancePath:instancePath+"/policies",schemaPath:"#/properties/policies/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.policies.type,parentSchema:schema31.properties.policies,data:data79};
if(vErrors === null){
vErrors = [err207];
}
else {
vErrors.push(err207);
}
errors++;
}
}
if(data.log !== undefined){
let data83 = data.log;
if(data83 && typeof data83 == "object" && !Array.isArray(data83)){
for(const key12 in data83){
if(!(key12 === "level")){
const err208 = {instancePath:instancePath+"/log",schemaPath:"#/properties/log/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key12},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.log,data:data83};
if(vErrors === null){
vErrors = [err208];
}
else {
vErrors.push(err208);
}
errors++;
}
}
if(data83.level !== undefined){
let data84 = data83.level;
if(typeof data84 !== "string"){
const err209 = {instancePath:instancePath+"/log/level",schemaPath:"#/properties/log/properties/level/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.log.properties.level.type,parentSchema:schema31.properties.log.properties.level,data:data84};
if(vErrors === null){
vErrors = [err209];
}
else {
vErrors.push(err209);
}
errors++;
}
if(!(((((data84 === "debug") || (data84 === "info")) || (data84 === "warn")) || (data84 === "error")) || (data84 === "silent"))){
const err210 = {instancePath:instancePath+"/log/level",schemaPath:"#/properties/log/properties/level/enum",keyword:"enum",params:{allowedValues: schema31.properties.log.properties.level.enum},message:"must be equal to one of the allowed values",schema:schema31.properties.log.properties.level.enum,parentSchema:schema31.properties.log.properties.level,data:data84};
if(vErrors === null){
vErrors = [err210];
}
else {
vErrors.push(err210);
}
errors++;
}
}
}
else {
const err211 = {instancePath:instancePath+"/log",schemaPath:"#/properties/log/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.log.type,parentSchema:schema31.properties.log,data:data83};
if(vErrors === null){
vErrors = [err211];
}
else {
vErrors.push(err211);
}
errors++;
}
}
}
else {
const err212 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.type,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err212];
}
else {
vErrors.push(err212);
}
errors++;
}
validate20.errors = vErrors;
return errors === 0;
}
validate20.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};
