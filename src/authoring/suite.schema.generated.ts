// @ts-nocheck Generated from the schema beside it by `npm run build:validators`.
import type { SchemaValidator } from '../source/validate-schema.ts'
import { equal, joined, ucs2length } from '../source/validator-functions.ts'
export const validate: SchemaValidator = validate20;
const schema31 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://sallyport.dev/schemas/suite.schema.json","title":"Sallyport policy tests","description":"Questions put to the policies of the folder, with the answers expected.","type":"object","additionalProperties":false,"required":["tests"],"properties":{"suite":{"description":"a name for the file's tests; without it the file's own name","type":"string","minLength":1,"maxLength":200},"description":{"$ref":"#/$defs/prose"},"now":{"$ref":"#/$defs/now"},"subjects":{"description":"who asks, by a name of your choice","type":"object","additionalProperties":{"$ref":"#/$defs/subject"}},"resources":{"description":"what is asked about, by a name of your choice","type":"object","additionalProperties":{"$ref":"#/$defs/resource"}},"tests":{"description":"the tests","type":"array","minItems":1,"maxItems":100000,"items":{"$ref":"#/$defs/test"}}},"$defs":{"prose":{"description":"for people","type":"string","maxLength":10000},"now":{"title":"an instant such as 2026-01-01T09:00:00Z","description":"the instant the question is asked; \"now\" in conditions","type":"string","pattern":"^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?(Z|[+-]\\d{2}:\\d{2})$"},"subject":{"title":"a mapping of properties, with \"id\" and \"type\" where they matter","type":"object","properties":{"id":{"description":"read as subject.id; without it the name of the subject","type":"string","minLength":1},"type":{"description":"read as subject.type; without it \"user\"","type":"string","minLength":1}}},"resource":{"title":"a mapping of attributes with \"type\", and \"id\" where it matters","type":"object","required":["type"],"properties":{"id":{"description":"read as resource.id","type":"string"},"type":{"description":"the type of resource, as in \"resource: TYPE\"","type":"string","minLength":1}}},"answer":{"title":"an answer","enum":["permit","deny","route_unknown","method_unknown","resource_incomplete","credential_missing","credential_not_accepted"]},"effect":{"enum":["permit","deny"]},"reason":{"enum":["permitted_by_rule","denied_by_rule","no_applicable_rule","step_up_required","unknown_resource_type","unknown_action","unknown_policy_version","unknown_scope","scope_missing","deny_rule_failed","unknown_obligation"]},"expectation":{"title":"an answer, or a mapping with \"answer\"","anyOf":[{"$ref":"#/$defs/answer"},{"type":"object","additionalProperties":false,"required":["answer"],"properties":{"answer":{"description":"permit or deny; of a request also route_unknown, method_unknown, resource_incomplete, credential_missing or credential_not_accepted","$ref":"#/$defs/answer"},"rule":{"description":"the rule that decides, as \"RULE\" or \"RESOURCE/RULE\"","type":"string","minLength":1},"reason":{"description":"why, as decisions and records say it","$ref":"#/$defs/reason"},"action":{"description":"of a request: the action it stands for","type":"string","minLength":1},"resource":{"description":"of a request: the resource it is about, as \"TYPE\" or \"TYPE/ID\"","type":"string","minLength":1}}}]},"test":{"type":"object","additionalProperties":false,"required":["name"],"properties":{"name":{"description":"what the test shows, as a sentence","type":"string","minLength":1,"maxLength":500},"subject":{"title":"the name of a subject, or a mapping","description":"who asks: a name from \"subjects\", or the subject itself","anyOf":[{"type":"string"},{"$ref":"#/$defs/subject"}]},"action":{"description":"what is to be done with the resource","type":"string","minLength":1},"resource":{"title":"the name of a resource, or a mapping","description":"what it is about: a name from \"resources\", or the resource itself","anyOf":[{"type":"string"},{"$ref":"#/$defs/resource"}]},"request":{"title":"a request such as \"GET http://expenses.localhost/expenses/7\"","description":"a request to the gateway, instead of an action and a resource: routes are asked as well","type":"string","pattern":"^[A-Z-]+ +(https?://[^/ ]+)?/[^ ]*$"},"context":{"title":"a mapping","description":"the circumstances, as conditions read them","type":"object"},"now":{"$ref":"#/$defs/now"},"expect":{"description":"the answer: permit or deny, or a mapping that says more","$ref":"#/$defs/expectation"},"table":{"description":"per subject, the answer for each action or request","type":"object","minProperties":1,"additionalProperties":{"title":"a mapping of actions or requests to answers","type":"object","minProperties":1,"additionalProperties":{"$ref":"#/$defs/answer"}}},"permits":{"description":"per subject, the actions permitted; all other actions of the resource must be denied","type":"object","minProperties":1,"additionalProperties":{"title":"a list of actions","type":"array","uniqueItems":true,"items":{"type":"string"}}}}}}};
const schema32 = {"description":"for people","type":"string","maxLength":10000};
const schema33 = {"title":"an instant such as 2026-01-01T09:00:00Z","description":"the instant the question is asked; \"now\" in conditions","type":"string","pattern":"^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?(Z|[+-]\\d{2}:\\d{2})$"};
const schema34 = {"title":"a mapping of properties, with \"id\" and \"type\" where they matter","type":"object","properties":{"id":{"description":"read as subject.id; without it the name of the subject","type":"string","minLength":1},"type":{"description":"read as subject.type; without it \"user\"","type":"string","minLength":1}}};
const schema35 = {"title":"a mapping of attributes with \"type\", and \"id\" where it matters","type":"object","required":["type"],"properties":{"id":{"description":"read as resource.id","type":"string"},"type":{"description":"the type of resource, as in \"resource: TYPE\"","type":"string","minLength":1}}};
const func1 = ucs2length;
const pattern4 = new RegExp("^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?(Z|[+-]\\d{2}:\\d{2})$", "u");
const schema36 = {"type":"object","additionalProperties":false,"required":["name"],"properties":{"name":{"description":"what the test shows, as a sentence","type":"string","minLength":1,"maxLength":500},"subject":{"title":"the name of a subject, or a mapping","description":"who asks: a name from \"subjects\", or the subject itself","anyOf":[{"type":"string"},{"$ref":"#/$defs/subject"}]},"action":{"description":"what is to be done with the resource","type":"string","minLength":1},"resource":{"title":"the name of a resource, or a mapping","description":"what it is about: a name from \"resources\", or the resource itself","anyOf":[{"type":"string"},{"$ref":"#/$defs/resource"}]},"request":{"title":"a request such as \"GET http://expenses.localhost/expenses/7\"","description":"a request to the gateway, instead of an action and a resource: routes are asked as well","type":"string","pattern":"^[A-Z-]+ +(https?://[^/ ]+)?/[^ ]*$"},"context":{"title":"a mapping","description":"the circumstances, as conditions read them","type":"object"},"now":{"$ref":"#/$defs/now"},"expect":{"description":"the answer: permit or deny, or a mapping that says more","$ref":"#/$defs/expectation"},"table":{"description":"per subject, the answer for each action or request","type":"object","minProperties":1,"additionalProperties":{"title":"a mapping of actions or requests to answers","type":"object","minProperties":1,"additionalProperties":{"$ref":"#/$defs/answer"}}},"permits":{"description":"per subject, the actions permitted; all other actions of the resource must be denied","type":"object","minProperties":1,"additionalProperties":{"title":"a list of actions","type":"array","uniqueItems":true,"items":{"type":"string"}}}}};
const schema41 = {"title":"an answer","enum":["permit","deny","route_unknown","method_unknown","resource_incomplete","credential_missing","credential_not_accepted"]};
const func7 = Object.prototype.hasOwnProperty;
const pattern5 = new RegExp("^[A-Z-]+ +(https?://[^/ ]+)?/[^ ]*$", "u");
const schema40 = {"title":"an answer, or a mapping with \"answer\"","anyOf":[{"$ref":"#/$defs/answer"},{"type":"object","additionalProperties":false,"required":["answer"],"properties":{"answer":{"description":"permit or deny; of a request also route_unknown, method_unknown, resource_incomplete, credential_missing or credential_not_accepted","$ref":"#/$defs/answer"},"rule":{"description":"the rule that decides, as \"RULE\" or \"RESOURCE/RULE\"","type":"string","minLength":1},"reason":{"description":"why, as decisions and records say it","$ref":"#/$defs/reason"},"action":{"description":"of a request: the action it stands for","type":"string","minLength":1},"resource":{"description":"of a request: the resource it is about, as \"TYPE\" or \"TYPE/ID\"","type":"string","minLength":1}}}]};
const schema43 = {"enum":["permitted_by_rule","denied_by_rule","no_applicable_rule","step_up_required","unknown_resource_type","unknown_action","unknown_policy_version","unknown_scope","scope_missing","deny_rule_failed","unknown_obligation"]};

function validate22(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate22.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
const _errs0 = errors;
let valid0 = false;
const _errs1 = errors;
if(!(((((((data === "permit") || (data === "deny")) || (data === "route_unknown")) || (data === "method_unknown")) || (data === "resource_incomplete")) || (data === "credential_missing")) || (data === "credential_not_accepted"))){
const err0 = {instancePath,schemaPath:"#/$defs/answer/enum",keyword:"enum",params:{allowedValues: schema41.enum},message:"must be equal to one of the allowed values",schema:schema41.enum,parentSchema:schema41,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
var _valid0 = _errs1 === errors;
valid0 = valid0 || _valid0;
const _errs3 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.answer === undefined){
const err1 = {instancePath,schemaPath:"#/anyOf/1/required",keyword:"required",params:{missingProperty: "answer"},message:"must have required property '"+"answer"+"'",schema:schema40.anyOf[1].required,parentSchema:schema40.anyOf[1],data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!(((((key0 === "answer") || (key0 === "rule")) || (key0 === "reason")) || (key0 === "action")) || (key0 === "resource"))){
const err2 = {instancePath,schemaPath:"#/anyOf/1/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema40.anyOf[1],data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.answer !== undefined){
let data0 = data.answer;
if(!(((((((data0 === "permit") || (data0 === "deny")) || (data0 === "route_unknown")) || (data0 === "method_unknown")) || (data0 === "resource_incomplete")) || (data0 === "credential_missing")) || (data0 === "credential_not_accepted"))){
const err3 = {instancePath:instancePath+"/answer",schemaPath:"#/$defs/answer/enum",keyword:"enum",params:{allowedValues: schema41.enum},message:"must be equal to one of the allowed values",schema:schema41.enum,parentSchema:schema41,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.rule !== undefined){
let data1 = data.rule;
if(typeof data1 === "string"){
if(func1(data1) < 1){
const err4 = {instancePath:instancePath+"/rule",schemaPath:"#/anyOf/1/properties/rule/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema40.anyOf[1].properties.rule,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/rule",schemaPath:"#/anyOf/1/properties/rule/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema40.anyOf[1].properties.rule.type,parentSchema:schema40.anyOf[1].properties.rule,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.reason !== undefined){
let data2 = data.reason;
if(!(((((((((((data2 === "permitted_by_rule") || (data2 === "denied_by_rule")) || (data2 === "no_applicable_rule")) || (data2 === "step_up_required")) || (data2 === "unknown_resource_type")) || (data2 === "unknown_action")) || (data2 === "unknown_policy_version")) || (data2 === "unknown_scope")) || (data2 === "scope_missing")) || (data2 === "deny_rule_failed")) || (data2 === "unknown_obligation"))){
const err6 = {instancePath:instancePath+"/reason",schemaPath:"#/$defs/reason/enum",keyword:"enum",params:{allowedValues: schema43.enum},message:"must be equal to one of the allowed values",schema:schema43.enum,parentSchema:schema43,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.action !== undefined){
let data3 = data.action;
if(typeof data3 === "string"){
if(func1(data3) < 1){
const err7 = {instancePath:instancePath+"/action",schemaPath:"#/anyOf/1/properties/action/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema40.anyOf[1].properties.action,data:data3};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/action",schemaPath:"#/anyOf/1/properties/action/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema40.anyOf[1].properties.action.type,parentSchema:schema40.anyOf[1].properties.action,data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.resource !== undefined){
let data4 = data.resource;
if(typeof data4 === "string"){
if(func1(data4) < 1){
const err9 = {instancePath:instancePath+"/resource",schemaPath:"#/anyOf/1/properties/resource/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema40.anyOf[1].properties.resource,data:data4};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/resource",schemaPath:"#/anyOf/1/properties/resource/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema40.anyOf[1].properties.resource.type,parentSchema:schema40.anyOf[1].properties.resource,data:data4};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
}
else {
const err11 = {instancePath,schemaPath:"#/anyOf/1/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema40.anyOf[1].type,parentSchema:schema40.anyOf[1],data};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
var _valid0 = _errs3 === errors;
valid0 = valid0 || _valid0;
if(_valid0){
var props0 = true;
}
if(!valid0){
const err12 = {instancePath,schemaPath:"#/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema40.anyOf,parentSchema:schema40,data};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
else {
errors = _errs0;
if(vErrors !== null){
if(_errs0){
vErrors.length = _errs0;
}
else {
vErrors = null;
}
}
}
validate22.errors = vErrors;
evaluated0.props = props0;
return errors === 0;
}
validate22.evaluated = {"dynamicProps":true,"dynamicItems":false};


function validate21(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate21.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.name === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'",schema:schema36.required,parentSchema:schema36,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(func7.call(schema36.properties, key0))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema36,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.name !== undefined){
let data0 = data.name;
if(typeof data0 === "string"){
if(func1(data0) > 500){
const err2 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/maxLength",keyword:"maxLength",params:{limit: 500},message:"must NOT have more than 500 characters",schema:500,parentSchema:schema36.properties.name,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(func1(data0) < 1){
const err3 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema36.properties.name,data:data0};
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
const err4 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema36.properties.name.type,parentSchema:schema36.properties.name,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.subject !== undefined){
let data1 = data.subject;
const _errs5 = errors;
let valid1 = false;
const _errs6 = errors;
if(typeof data1 !== "string"){
const err5 = {instancePath:instancePath+"/subject",schemaPath:"#/properties/subject/anyOf/0/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema36.properties.subject.anyOf[0].type,parentSchema:schema36.properties.subject.anyOf[0],data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
var _valid0 = _errs6 === errors;
valid1 = valid1 || _valid0;
const _errs8 = errors;
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
if(data1.id !== undefined){
let data2 = data1.id;
if(typeof data2 === "string"){
if(func1(data2) < 1){
const err6 = {instancePath:instancePath+"/subject/id",schemaPath:"#/$defs/subject/properties/id/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema34.properties.id,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/subject/id",schemaPath:"#/$defs/subject/properties/id/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.properties.id.type,parentSchema:schema34.properties.id,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data1.type !== undefined){
let data3 = data1.type;
if(typeof data3 === "string"){
if(func1(data3) < 1){
const err8 = {instancePath:instancePath+"/subject/type",schemaPath:"#/$defs/subject/properties/type/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema34.properties.type,data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/subject/type",schemaPath:"#/$defs/subject/properties/type/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.properties.type.type,parentSchema:schema34.properties.type,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
}
else {
const err10 = {instancePath:instancePath+"/subject",schemaPath:"#/$defs/subject/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema34.type,parentSchema:schema34,data:data1};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
var _valid0 = _errs8 === errors;
valid1 = valid1 || _valid0;
if(_valid0){
var props0 = {};
props0.id = true;
props0.type = true;
}
if(!valid1){
const err11 = {instancePath:instancePath+"/subject",schemaPath:"#/properties/subject/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema36.properties.subject.anyOf,parentSchema:schema36.properties.subject,data:data1};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
else {
errors = _errs5;
if(vErrors !== null){
if(_errs5){
vErrors.length = _errs5;
}
else {
vErrors = null;
}
}
}
}
if(data.action !== undefined){
let data4 = data.action;
if(typeof data4 === "string"){
if(func1(data4) < 1){
const err12 = {instancePath:instancePath+"/action",schemaPath:"#/properties/action/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema36.properties.action,data:data4};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
else {
const err13 = {instancePath:instancePath+"/action",schemaPath:"#/properties/action/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema36.properties.action.type,parentSchema:schema36.properties.action,data:data4};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.resource !== undefined){
let data5 = data.resource;
const _errs18 = errors;
let valid4 = false;
const _errs19 = errors;
if(typeof data5 !== "string"){
const err14 = {instancePath:instancePath+"/resource",schemaPath:"#/properties/resource/anyOf/0/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema36.properties.resource.anyOf[0].type,parentSchema:schema36.properties.resource.anyOf[0],data:data5};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
var _valid1 = _errs19 === errors;
valid4 = valid4 || _valid1;
const _errs21 = errors;
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
if(data5.type === undefined){
const err15 = {instancePath:instancePath+"/resource",schemaPath:"#/$defs/resource/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'",schema:schema35.required,parentSchema:schema35,data:data5};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
if(data5.id !== undefined){
let data6 = data5.id;
if(typeof data6 !== "string"){
const err16 = {instancePath:instancePath+"/resource/id",schemaPath:"#/$defs/resource/properties/id/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.properties.id.type,parentSchema:schema35.properties.id,data:data6};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data5.type !== undefined){
let data7 = data5.type;
if(typeof data7 === "string"){
if(func1(data7) < 1){
const err17 = {instancePath:instancePath+"/resource/type",schemaPath:"#/$defs/resource/properties/type/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema35.properties.type,data:data7};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
else {
const err18 = {instancePath:instancePath+"/resource/type",schemaPath:"#/$defs/resource/properties/type/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.properties.type.type,parentSchema:schema35.properties.type,data:data7};
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
else {
const err19 = {instancePath:instancePath+"/resource",schemaPath:"#/$defs/resource/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema35.type,parentSchema:schema35,data:data5};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
var _valid1 = _errs21 === errors;
valid4 = valid4 || _valid1;
if(_valid1){
var props1 = {};
props1.id = true;
props1.type = true;
}
if(!valid4){
const err20 = {instancePath:instancePath+"/resource",schemaPath:"#/properties/resource/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema36.properties.resource.anyOf,parentSchema:schema36.properties.resource,data:data5};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
else {
errors = _errs18;
if(vErrors !== null){
if(_errs18){
vErrors.length = _errs18;
}
else {
vErrors = null;
}
}
}
}
if(data.request !== undefined){
let data8 = data.request;
if(typeof data8 === "string"){
if(!pattern5.test(data8)){
const err21 = {instancePath:instancePath+"/request",schemaPath:"#/properties/request/pattern",keyword:"pattern",params:{pattern: "^[A-Z-]+ +(https?://[^/ ]+)?/[^ ]*$"},message:"must match pattern \""+"^[A-Z-]+ +(https?://[^/ ]+)?/[^ ]*$"+"\"",schema:"^[A-Z-]+ +(https?://[^/ ]+)?/[^ ]*$",parentSchema:schema36.properties.request,data:data8};
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
const err22 = {instancePath:instancePath+"/request",schemaPath:"#/properties/request/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema36.properties.request.type,parentSchema:schema36.properties.request,data:data8};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data.context !== undefined){
let data9 = data.context;
if(!(data9 && typeof data9 == "object" && !Array.isArray(data9))){
const err23 = {instancePath:instancePath+"/context",schemaPath:"#/properties/context/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema36.properties.context.type,parentSchema:schema36.properties.context,data:data9};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data.now !== undefined){
let data10 = data.now;
if(typeof data10 === "string"){
if(!pattern4.test(data10)){
const err24 = {instancePath:instancePath+"/now",schemaPath:"#/$defs/now/pattern",keyword:"pattern",params:{pattern: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?(Z|[+-]\\d{2}:\\d{2})$"},message:"must match pattern \""+"^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?(Z|[+-]\\d{2}:\\d{2})$"+"\"",schema:"^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?(Z|[+-]\\d{2}:\\d{2})$",parentSchema:schema33,data:data10};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
else {
const err25 = {instancePath:instancePath+"/now",schemaPath:"#/$defs/now/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema33.type,parentSchema:schema33,data:data10};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data.expect !== undefined){
if(!(validate22(data.expect, {instancePath:instancePath+"/expect",parentData:data,parentDataProperty:"expect",rootData,dynamicAnchors}))){
vErrors = joined(vErrors, validate22.errors);
errors = vErrors.length;
}
}
if(data.table !== undefined){
let data12 = data.table;
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
if(Object.keys(data12).length < 1){
const err26 = {instancePath:instancePath+"/table",schemaPath:"#/properties/table/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema36.properties.table,data:data12};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
for(const key1 in data12){
let data13 = data12[key1];
if(data13 && typeof data13 == "object" && !Array.isArray(data13)){
if(Object.keys(data13).length < 1){
const err27 = {instancePath:instancePath+"/table/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/table/additionalProperties/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema36.properties.table.additionalProperties,data:data13};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
for(const key2 in data13){
let data14 = data13[key2];
if(!(((((((data14 === "permit") || (data14 === "deny")) || (data14 === "route_unknown")) || (data14 === "method_unknown")) || (data14 === "resource_incomplete")) || (data14 === "credential_missing")) || (data14 === "credential_not_accepted"))){
const err28 = {instancePath:instancePath+"/table/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/answer/enum",keyword:"enum",params:{allowedValues: schema41.enum},message:"must be equal to one of the allowed values",schema:schema41.enum,parentSchema:schema41,data:data14};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
}
else {
const err29 = {instancePath:instancePath+"/table/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/table/additionalProperties/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema36.properties.table.additionalProperties.type,parentSchema:schema36.properties.table.additionalProperties,data:data13};
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
else {
const err30 = {instancePath:instancePath+"/table",schemaPath:"#/properties/table/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema36.properties.table.type,parentSchema:schema36.properties.table,data:data12};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
if(data.permits !== undefined){
let data15 = data.permits;
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
if(Object.keys(data15).length < 1){
const err31 = {instancePath:instancePath+"/permits",schemaPath:"#/properties/permits/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema36.properties.permits,data:data15};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
for(const key3 in data15){
let data16 = data15[key3];
if(Array.isArray(data16)){
const len0 = data16.length;
for(let i0=0; i0<len0; i0++){
let data17 = data16[i0];
if(typeof data17 !== "string"){
const err32 = {instancePath:instancePath+"/permits/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i0,schemaPath:"#/properties/permits/additionalProperties/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema36.properties.permits.additionalProperties.items.type,parentSchema:schema36.properties.permits.additionalProperties.items,data:data17};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
let i1 = data16.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data16[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err33 = {instancePath:instancePath+"/permits/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/permits/additionalProperties/uniqueItems",keyword:"uniqueItems",params:{i: i1, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i1+" are identical)",schema:true,parentSchema:schema36.properties.permits.additionalProperties,data:data16};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
const err34 = {instancePath:instancePath+"/permits/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/permits/additionalProperties/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema36.properties.permits.additionalProperties.type,parentSchema:schema36.properties.permits.additionalProperties,data:data16};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
}
else {
const err35 = {instancePath:instancePath+"/permits",schemaPath:"#/properties/permits/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema36.properties.permits.type,parentSchema:schema36.properties.permits,data:data15};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
}
else {
const err36 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema36.type,parentSchema:schema36,data};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
validate21.errors = vErrors;
return errors === 0;
}
validate21.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate20(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="https://sallyport.dev/schemas/suite.schema.json" */;
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
if(data.tests === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "tests"},message:"must have required property '"+"tests"+"'",schema:schema31.required,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((((((key0 === "suite") || (key0 === "description")) || (key0 === "now")) || (key0 === "subjects")) || (key0 === "resources")) || (key0 === "tests"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.suite !== undefined){
let data0 = data.suite;
if(typeof data0 === "string"){
if(func1(data0) > 200){
const err2 = {instancePath:instancePath+"/suite",schemaPath:"#/properties/suite/maxLength",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters",schema:200,parentSchema:schema31.properties.suite,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(func1(data0) < 1){
const err3 = {instancePath:instancePath+"/suite",schemaPath:"#/properties/suite/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.suite,data:data0};
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
const err4 = {instancePath:instancePath+"/suite",schemaPath:"#/properties/suite/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.suite.type,parentSchema:schema31.properties.suite,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.description !== undefined){
let data1 = data.description;
if(typeof data1 === "string"){
if(func1(data1) > 10000){
const err5 = {instancePath:instancePath+"/description",schemaPath:"#/$defs/prose/maxLength",keyword:"maxLength",params:{limit: 10000},message:"must NOT have more than 10000 characters",schema:10000,parentSchema:schema32,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/description",schemaPath:"#/$defs/prose/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.type,parentSchema:schema32,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.now !== undefined){
let data2 = data.now;
if(typeof data2 === "string"){
if(!pattern4.test(data2)){
const err7 = {instancePath:instancePath+"/now",schemaPath:"#/$defs/now/pattern",keyword:"pattern",params:{pattern: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?(Z|[+-]\\d{2}:\\d{2})$"},message:"must match pattern \""+"^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?(Z|[+-]\\d{2}:\\d{2})$"+"\"",schema:"^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?(Z|[+-]\\d{2}:\\d{2})$",parentSchema:schema33,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/now",schemaPath:"#/$defs/now/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema33.type,parentSchema:schema33,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.subjects !== undefined){
let data3 = data.subjects;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
for(const key1 in data3){
let data4 = data3[key1];
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
if(data4.id !== undefined){
let data5 = data4.id;
if(typeof data5 === "string"){
if(func1(data5) < 1){
const err9 = {instancePath:instancePath+"/subjects/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/id",schemaPath:"#/$defs/subject/properties/id/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema34.properties.id,data:data5};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/subjects/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/id",schemaPath:"#/$defs/subject/properties/id/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.properties.id.type,parentSchema:schema34.properties.id,data:data5};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data4.type !== undefined){
let data6 = data4.type;
if(typeof data6 === "string"){
if(func1(data6) < 1){
const err11 = {instancePath:instancePath+"/subjects/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/type",schemaPath:"#/$defs/subject/properties/type/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema34.properties.type,data:data6};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/subjects/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/type",schemaPath:"#/$defs/subject/properties/type/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.properties.type.type,parentSchema:schema34.properties.type,data:data6};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
else {
const err13 = {instancePath:instancePath+"/subjects/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/subject/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema34.type,parentSchema:schema34,data:data4};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
}
else {
const err14 = {instancePath:instancePath+"/subjects",schemaPath:"#/properties/subjects/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.subjects.type,parentSchema:schema31.properties.subjects,data:data3};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.resources !== undefined){
let data7 = data.resources;
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
for(const key2 in data7){
let data8 = data7[key2];
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
if(data8.type === undefined){
const err15 = {instancePath:instancePath+"/resources/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/resource/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'",schema:schema35.required,parentSchema:schema35,data:data8};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
if(data8.id !== undefined){
let data9 = data8.id;
if(typeof data9 !== "string"){
const err16 = {instancePath:instancePath+"/resources/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/id",schemaPath:"#/$defs/resource/properties/id/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.properties.id.type,parentSchema:schema35.properties.id,data:data9};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data8.type !== undefined){
let data10 = data8.type;
if(typeof data10 === "string"){
if(func1(data10) < 1){
const err17 = {instancePath:instancePath+"/resources/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/type",schemaPath:"#/$defs/resource/properties/type/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema35.properties.type,data:data10};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
else {
const err18 = {instancePath:instancePath+"/resources/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/type",schemaPath:"#/$defs/resource/properties/type/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.properties.type.type,parentSchema:schema35.properties.type,data:data10};
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
else {
const err19 = {instancePath:instancePath+"/resources/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/resource/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema35.type,parentSchema:schema35,data:data8};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
}
else {
const err20 = {instancePath:instancePath+"/resources",schemaPath:"#/properties/resources/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.resources.type,parentSchema:schema31.properties.resources,data:data7};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data.tests !== undefined){
let data11 = data.tests;
if(Array.isArray(data11)){
if(data11.length > 100000){
const err21 = {instancePath:instancePath+"/tests",schemaPath:"#/properties/tests/maxItems",keyword:"maxItems",params:{limit: 100000},message:"must NOT have more than 100000 items",schema:100000,parentSchema:schema31.properties.tests,data:data11};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
if(data11.length < 1){
const err22 = {instancePath:instancePath+"/tests",schemaPath:"#/properties/tests/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema31.properties.tests,data:data11};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
const len0 = data11.length;
for(let i0=0; i0<len0; i0++){
if(!(validate21(data11[i0], {instancePath:instancePath+"/tests/" + i0,parentData:data11,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = joined(vErrors, validate21.errors);
errors = vErrors.length;
}
}
}
else {
const err23 = {instancePath:instancePath+"/tests",schemaPath:"#/properties/tests/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.tests.type,parentSchema:schema31.properties.tests,data:data11};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
}
else {
const err24 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.type,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
validate20.errors = vErrors;
return errors === 0;
}
validate20.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};
