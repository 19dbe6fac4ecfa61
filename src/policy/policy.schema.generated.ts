// @ts-nocheck Generated from the schema beside it by `npm run build:validators`.
import type { SchemaValidator } from '../source/validate-schema.ts'
import { equal, joined, ucs2length } from '../source/validator-functions.ts'
export const validate: SchemaValidator = validate20;
const schema31 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://sallyport.dev/schemas/policy.schema.json","title":"Sallyport resource policy","description":"Who may do what to one type of resource.","type":"object","additionalProperties":false,"required":["resource","rules"],"if":{"not":{"required":["scope"]}},"then":{"required":["actions"],"properties":{"actions":{"description":"everything that can be done to the resource"}}},"properties":{"resource":{"description":"the type of resource the file is about, such as \"expense\"","$ref":"#/$defs/name"},"version":{"description":"the version of the policy; without it \"default\", which is asked where a request names none","$ref":"#/$defs/version"},"scope":{"description":"the tenant, or part of one, whose resources the rules are about; without it the policy is the root of all scopes","$ref":"#/$defs/scope"},"scope_required":{"description":"true: the resource always belongs to a scope; one that names none is denied","type":"boolean"},"description":{"$ref":"#/$defs/prose"},"actions":{"description":"everything that can be done to the resource","type":"array","minItems":1,"maxItems":1000,"uniqueItems":true,"items":{"title":"a name (letters, digits, \"-\", \"_\", \".\" and \":\", starting with a letter)","type":"string","pattern":"^[A-Za-z][A-Za-z0-9_.:-]{0,127}$"}},"attributes":{"description":"what conditions may read of the resource, name by name, with its type","type":"object","maxProperties":1000,"propertyNames":{"title":"an attribute name (letters, digits and \"_\", not starting with a digit)","pattern":"^[A-Za-z_][A-Za-z0-9_]{0,63}$"},"additionalProperties":{"title":"a type such as string, int, double, bool, timestamp or list<string>","type":"string","minLength":1,"maxLength":200}},"variables":{"$ref":"#/$defs/variables"},"derived_roles":{"$ref":"#/$defs/derivedRoles"},"combining":{"description":"how rules that contradict each other are settled; without it deny-overrides","enum":["deny-overrides","permit-overrides","first-applicable","deny-unless-permit"]},"rules":{"description":"what permits and denies; unless \"combining\" says otherwise a deny outweighs every permit","type":"array","maxItems":100000,"items":{"$ref":"#/$defs/rule"}}},"$defs":{"version":{"title":"a version (letters, digits, \"-\", \"_\" and \".\", starting with a letter or digit)","type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$"},"scope":{"title":"a scope such as acme.hr (up to 8 parts of lower-case letters, digits, \"-\" and \"_\" between dots)","type":"string","pattern":"^[a-z0-9][a-z0-9_-]{0,62}(\\.[a-z0-9][a-z0-9_-]{0,62}){0,7}$"},"name":{"title":"a name (letters, digits, \"-\", \"_\", \".\" and \":\", starting with a letter)","type":"string","pattern":"^[A-Za-z][A-Za-z0-9_.:-]{0,127}$"},"prose":{"description":"for people","type":"string","maxLength":10000},"actions":{"title":"a list of actions, or \"*\" for all of them","anyOf":[{"const":"*"},{"type":"array","minItems":1,"maxItems":1000,"uniqueItems":true,"items":{"title":"a name (letters, digits, \"-\", \"_\", \".\" and \":\", starting with a letter)","type":"string","pattern":"^[A-Za-z][A-Za-z0-9_.:-]{0,127}$"}}]},"rule":{"type":"object","additionalProperties":false,"required":["id"],"properties":{"id":{"description":"a name for the rule, unique in the file, that decisions and records cite","$ref":"#/$defs/name"},"description":{"$ref":"#/$defs/prose"},"permit":{"description":"actions the rule permits","$ref":"#/$defs/actions"},"deny":{"description":"actions the rule denies, whatever other rules permit","$ref":"#/$defs/actions"},"roles":{"description":"roles of which one suffices, derived ones among them; without it the rule is about everybody","type":"array","minItems":1,"maxItems":10000,"uniqueItems":true,"items":{"title":"a name (letters, digits, \"-\", \"_\", \".\" and \":\", starting with a letter)","type":"string","pattern":"^[A-Za-z][A-Za-z0-9_.:-]{0,127}$"}},"when":{"description":"a condition in CEL over subject, resource, action, context and now","$ref":"#/$defs/condition"},"require":{"description":"how the subject must have signed in for the permit to count (RFC 9470)","type":"object","additionalProperties":false,"minProperties":1,"properties":{"acr":{"description":"authentication context class","$ref":"#/$defs/oneOf"},"amr":{"description":"authentication method","$ref":"#/$defs/oneOf"},"max_age":{"title":"a duration such as 15m","description":"how long ago at most the subject signed in","type":"string","minLength":1,"maxLength":64}}},"obligations":{"description":"what whoever enforces the decision must do; a permit with an obligation it does not know is a deny","type":"array","minItems":1,"maxItems":100,"items":{"type":"object","additionalProperties":false,"required":["type"],"properties":{"type":{"description":"what is to be done","$ref":"#/$defs/name"},"properties":{"$ref":"#/$defs/properties"}}}},"output":{"description":"values told to the caller of the decision API who asks for explanations","$ref":"#/$defs/properties"}}},"identifier":{"title":"an identifier (letters, digits and \"_\", not starting with a digit)","pattern":"^[A-Za-z_][A-Za-z0-9_]{0,63}$"},"expression":{"title":"an expression in CEL, as text","type":"string","minLength":1,"maxLength":16384},"condition":{"title":"a condition in CEL, as text","type":"string","minLength":1,"maxLength":16384},"variables":{"description":"expressions in CEL by name, for conditions and other expressions; each is worked out at most once a decision","type":"object","maxProperties":1000,"propertyNames":{"$ref":"#/$defs/identifier"},"additionalProperties":{"$ref":"#/$defs/expression"}},"derivedRoles":{"description":"roles that somebody holds towards the resource, such as owner; rules name them like any role","type":"object","maxProperties":1000,"propertyNames":{"$ref":"#/$defs/name"},"additionalProperties":{"title":"a mapping with \"when\"","type":"object","additionalProperties":false,"required":["when"],"properties":{"description":{"$ref":"#/$defs/prose"},"roles":{"description":"roles of which one is needed besides; without it anybody may hold the role","type":"array","minItems":1,"maxItems":10000,"uniqueItems":true,"items":{"title":"a name (letters, digits, \"-\", \"_\", \".\" and \":\", starting with a letter)","type":"string","pattern":"^[A-Za-z][A-Za-z0-9_.:-]{0,127}$"}},"when":{"description":"a condition in CEL over subject, resource, action, context and now","$ref":"#/$defs/condition"}}}},"oneOf":{"title":"a text, or a list of texts of which one suffices","anyOf":[{"type":"string","minLength":1,"maxLength":256,"pattern":"^[!#-\\[\\]-~]+$","title":"text without spaces, quotes and backslashes"},{"type":"array","minItems":1,"maxItems":100,"uniqueItems":true,"items":{"type":"string","minLength":1,"maxLength":256,"pattern":"^[!#-\\[\\]-~]+$","title":"text without spaces, quotes and backslashes"}}]},"properties":{"description":"values by name: text is CEL","type":"object","maxProperties":100,"propertyNames":{"$ref":"#/$defs/identifier"},"additionalProperties":{"title":"an expression in CEL as text, or a number or boolean","type":["string","number","boolean"],"minLength":1,"maxLength":16384}}}};
const schema32 = {"title":"a name (letters, digits, \"-\", \"_\", \".\" and \":\", starting with a letter)","type":"string","pattern":"^[A-Za-z][A-Za-z0-9_.:-]{0,127}$"};
const schema33 = {"title":"a version (letters, digits, \"-\", \"_\" and \".\", starting with a letter or digit)","type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$"};
const schema34 = {"title":"a scope such as acme.hr (up to 8 parts of lower-case letters, digits, \"-\" and \"_\" between dots)","type":"string","pattern":"^[a-z0-9][a-z0-9_-]{0,62}(\\.[a-z0-9][a-z0-9_-]{0,62}){0,7}$"};
const schema35 = {"description":"for people","type":"string","maxLength":10000};
const func1 = Object.prototype.hasOwnProperty;
const func2 = ucs2length;
const pattern4 = new RegExp("^[A-Za-z][A-Za-z0-9_.:-]{0,127}$", "u");
const pattern5 = new RegExp("^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$", "u");
const pattern6 = new RegExp("^[a-z0-9][a-z0-9_-]{0,62}(\\.[a-z0-9][a-z0-9_-]{0,62}){0,7}$", "u");
const pattern8 = new RegExp("^[A-Za-z_][A-Za-z0-9_]{0,63}$", "u");
const schema36 = {"description":"expressions in CEL by name, for conditions and other expressions; each is worked out at most once a decision","type":"object","maxProperties":1000,"propertyNames":{"$ref":"#/$defs/identifier"},"additionalProperties":{"$ref":"#/$defs/expression"}};
const schema37 = {"title":"an identifier (letters, digits and \"_\", not starting with a digit)","pattern":"^[A-Za-z_][A-Za-z0-9_]{0,63}$"};
const schema38 = {"title":"an expression in CEL, as text","type":"string","minLength":1,"maxLength":16384};

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
if(Object.keys(data).length > 1000){
const err0 = {instancePath,schemaPath:"#/maxProperties",keyword:"maxProperties",params:{limit: 1000},message:"must NOT have more than 1000 properties",schema:1000,parentSchema:schema36,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
const _errs1 = errors;
if(typeof key0 === "string"){
if(!pattern8.test(key0)){
const err1 = {instancePath,schemaPath:"#/$defs/identifier/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_]{0,63}$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_]{0,63}$"+"\"",schema:"^[A-Za-z_][A-Za-z0-9_]{0,63}$",parentSchema:schema37,data:key0,propertyName:key0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
var valid0 = _errs1 === errors;
if(!valid0){
const err2 = {instancePath,schemaPath:"#/propertyNames",keyword:"propertyNames",params:{propertyName: key0},message:"property name must be valid",schema:schema36.propertyNames,parentSchema:schema36,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
for(const key1 in data){
let data0 = data[key1];
if(typeof data0 === "string"){
if(func2(data0) > 16384){
const err3 = {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/expression/maxLength",keyword:"maxLength",params:{limit: 16384},message:"must NOT have more than 16384 characters",schema:16384,parentSchema:schema38,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(func2(data0) < 1){
const err4 = {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/expression/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema38,data:data0};
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
const err5 = {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/expression/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema38.type,parentSchema:schema38,data:data0};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
}
else {
const err6 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema36.type,parentSchema:schema36,data};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
validate21.errors = vErrors;
return errors === 0;
}
validate21.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema39 = {"description":"roles that somebody holds towards the resource, such as owner; rules name them like any role","type":"object","maxProperties":1000,"propertyNames":{"$ref":"#/$defs/name"},"additionalProperties":{"title":"a mapping with \"when\"","type":"object","additionalProperties":false,"required":["when"],"properties":{"description":{"$ref":"#/$defs/prose"},"roles":{"description":"roles of which one is needed besides; without it anybody may hold the role","type":"array","minItems":1,"maxItems":10000,"uniqueItems":true,"items":{"title":"a name (letters, digits, \"-\", \"_\", \".\" and \":\", starting with a letter)","type":"string","pattern":"^[A-Za-z][A-Za-z0-9_.:-]{0,127}$"}},"when":{"description":"a condition in CEL over subject, resource, action, context and now","$ref":"#/$defs/condition"}}}};
const schema42 = {"title":"a condition in CEL, as text","type":"string","minLength":1,"maxLength":16384};

function validate23(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate23.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 1000){
const err0 = {instancePath,schemaPath:"#/maxProperties",keyword:"maxProperties",params:{limit: 1000},message:"must NOT have more than 1000 properties",schema:1000,parentSchema:schema39,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
const _errs1 = errors;
if(typeof key0 === "string"){
if(!pattern4.test(key0)){
const err1 = {instancePath,schemaPath:"#/$defs/name/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_.:-]{0,127}$"},message:"must match pattern \""+"^[A-Za-z][A-Za-z0-9_.:-]{0,127}$"+"\"",schema:"^[A-Za-z][A-Za-z0-9_.:-]{0,127}$",parentSchema:schema32,data:key0,propertyName:key0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath,schemaPath:"#/$defs/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.type,parentSchema:schema32,data:key0,propertyName:key0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
var valid0 = _errs1 === errors;
if(!valid0){
const err3 = {instancePath,schemaPath:"#/propertyNames",keyword:"propertyNames",params:{propertyName: key0},message:"property name must be valid",schema:schema39.propertyNames,parentSchema:schema39,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
for(const key1 in data){
let data0 = data[key1];
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
if(data0.when === undefined){
const err4 = {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/additionalProperties/required",keyword:"required",params:{missingProperty: "when"},message:"must have required property '"+"when"+"'",schema:schema39.additionalProperties.required,parentSchema:schema39.additionalProperties,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
for(const key2 in data0){
if(!(((key2 === "description") || (key2 === "roles")) || (key2 === "when"))){
const err5 = {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/additionalProperties/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema39.additionalProperties,data:data0};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data0.description !== undefined){
let data1 = data0.description;
if(typeof data1 === "string"){
if(func2(data1) > 10000){
const err6 = {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/description",schemaPath:"#/$defs/prose/maxLength",keyword:"maxLength",params:{limit: 10000},message:"must NOT have more than 10000 characters",schema:10000,parentSchema:schema35,data:data1};
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
const err7 = {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/description",schemaPath:"#/$defs/prose/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.type,parentSchema:schema35,data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data0.roles !== undefined){
let data2 = data0.roles;
if(Array.isArray(data2)){
if(data2.length > 10000){
const err8 = {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/roles",schemaPath:"#/additionalProperties/properties/roles/maxItems",keyword:"maxItems",params:{limit: 10000},message:"must NOT have more than 10000 items",schema:10000,parentSchema:schema39.additionalProperties.properties.roles,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(data2.length < 1){
const err9 = {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/roles",schemaPath:"#/additionalProperties/properties/roles/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema39.additionalProperties.properties.roles,data:data2};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if(typeof data3 === "string"){
if(!pattern4.test(data3)){
const err10 = {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/roles/" + i0,schemaPath:"#/additionalProperties/properties/roles/items/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_.:-]{0,127}$"},message:"must match pattern \""+"^[A-Za-z][A-Za-z0-9_.:-]{0,127}$"+"\"",schema:"^[A-Za-z][A-Za-z0-9_.:-]{0,127}$",parentSchema:schema39.additionalProperties.properties.roles.items,data:data3};
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
const err11 = {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/roles/" + i0,schemaPath:"#/additionalProperties/properties/roles/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema39.additionalProperties.properties.roles.items.type,parentSchema:schema39.additionalProperties.properties.roles.items,data:data3};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
let i1 = data2.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data2[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err12 = {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/roles",schemaPath:"#/additionalProperties/properties/roles/uniqueItems",keyword:"uniqueItems",params:{i: i1, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i1+" are identical)",schema:true,parentSchema:schema39.additionalProperties.properties.roles,data:data2};
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
const err13 = {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/roles",schemaPath:"#/additionalProperties/properties/roles/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema39.additionalProperties.properties.roles.type,parentSchema:schema39.additionalProperties.properties.roles,data:data2};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data0.when !== undefined){
let data4 = data0.when;
if(typeof data4 === "string"){
if(func2(data4) > 16384){
const err14 = {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/when",schemaPath:"#/$defs/condition/maxLength",keyword:"maxLength",params:{limit: 16384},message:"must NOT have more than 16384 characters",schema:16384,parentSchema:schema42,data:data4};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(func2(data4) < 1){
const err15 = {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/when",schemaPath:"#/$defs/condition/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema42,data:data4};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
else {
const err16 = {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/when",schemaPath:"#/$defs/condition/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema42.type,parentSchema:schema42,data:data4};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
}
else {
const err17 = {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/additionalProperties/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema39.additionalProperties.type,parentSchema:schema39.additionalProperties,data:data0};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
}
else {
const err18 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema39.type,parentSchema:schema39,data};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
validate23.errors = vErrors;
return errors === 0;
}
validate23.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema43 = {"type":"object","additionalProperties":false,"required":["id"],"properties":{"id":{"description":"a name for the rule, unique in the file, that decisions and records cite","$ref":"#/$defs/name"},"description":{"$ref":"#/$defs/prose"},"permit":{"description":"actions the rule permits","$ref":"#/$defs/actions"},"deny":{"description":"actions the rule denies, whatever other rules permit","$ref":"#/$defs/actions"},"roles":{"description":"roles of which one suffices, derived ones among them; without it the rule is about everybody","type":"array","minItems":1,"maxItems":10000,"uniqueItems":true,"items":{"title":"a name (letters, digits, \"-\", \"_\", \".\" and \":\", starting with a letter)","type":"string","pattern":"^[A-Za-z][A-Za-z0-9_.:-]{0,127}$"}},"when":{"description":"a condition in CEL over subject, resource, action, context and now","$ref":"#/$defs/condition"},"require":{"description":"how the subject must have signed in for the permit to count (RFC 9470)","type":"object","additionalProperties":false,"minProperties":1,"properties":{"acr":{"description":"authentication context class","$ref":"#/$defs/oneOf"},"amr":{"description":"authentication method","$ref":"#/$defs/oneOf"},"max_age":{"title":"a duration such as 15m","description":"how long ago at most the subject signed in","type":"string","minLength":1,"maxLength":64}}},"obligations":{"description":"what whoever enforces the decision must do; a permit with an obligation it does not know is a deny","type":"array","minItems":1,"maxItems":100,"items":{"type":"object","additionalProperties":false,"required":["type"],"properties":{"type":{"description":"what is to be done","$ref":"#/$defs/name"},"properties":{"$ref":"#/$defs/properties"}}}},"output":{"description":"values told to the caller of the decision API who asks for explanations","$ref":"#/$defs/properties"}}};
const schema46 = {"title":"a list of actions, or \"*\" for all of them","anyOf":[{"const":"*"},{"type":"array","minItems":1,"maxItems":1000,"uniqueItems":true,"items":{"title":"a name (letters, digits, \"-\", \"_\", \".\" and \":\", starting with a letter)","type":"string","pattern":"^[A-Za-z][A-Za-z0-9_.:-]{0,127}$"}}]};
const schema49 = {"title":"a text, or a list of texts of which one suffices","anyOf":[{"type":"string","minLength":1,"maxLength":256,"pattern":"^[!#-\\[\\]-~]+$","title":"text without spaces, quotes and backslashes"},{"type":"array","minItems":1,"maxItems":100,"uniqueItems":true,"items":{"type":"string","minLength":1,"maxLength":256,"pattern":"^[!#-\\[\\]-~]+$","title":"text without spaces, quotes and backslashes"}}]};
const pattern16 = new RegExp("^[!#-\\[\\]-~]+$", "u");
const schema52 = {"description":"values by name: text is CEL","type":"object","maxProperties":100,"propertyNames":{"$ref":"#/$defs/identifier"},"additionalProperties":{"title":"an expression in CEL as text, or a number or boolean","type":["string","number","boolean"],"minLength":1,"maxLength":16384}};

function validate26(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate26.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 100){
const err0 = {instancePath,schemaPath:"#/maxProperties",keyword:"maxProperties",params:{limit: 100},message:"must NOT have more than 100 properties",schema:100,parentSchema:schema52,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
const _errs1 = errors;
if(typeof key0 === "string"){
if(!pattern8.test(key0)){
const err1 = {instancePath,schemaPath:"#/$defs/identifier/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_]{0,63}$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_]{0,63}$"+"\"",schema:"^[A-Za-z_][A-Za-z0-9_]{0,63}$",parentSchema:schema37,data:key0,propertyName:key0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
var valid0 = _errs1 === errors;
if(!valid0){
const err2 = {instancePath,schemaPath:"#/propertyNames",keyword:"propertyNames",params:{propertyName: key0},message:"property name must be valid",schema:schema52.propertyNames,parentSchema:schema52,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
for(const key1 in data){
let data0 = data[key1];
if(((typeof data0 !== "string") && (!((typeof data0 == "number") && (isFinite(data0))))) && (typeof data0 !== "boolean")){
const err3 = {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/additionalProperties/type",keyword:"type",params:{type: schema52.additionalProperties.type},message:"must be string,number,boolean",schema:schema52.additionalProperties.type,parentSchema:schema52.additionalProperties,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(typeof data0 === "string"){
if(func2(data0) > 16384){
const err4 = {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/additionalProperties/maxLength",keyword:"maxLength",params:{limit: 16384},message:"must NOT have more than 16384 characters",schema:16384,parentSchema:schema52.additionalProperties,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(func2(data0) < 1){
const err5 = {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/additionalProperties/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema52.additionalProperties,data:data0};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
}
}
else {
const err6 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema52.type,parentSchema:schema52,data};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
validate26.errors = vErrors;
return errors === 0;
}
validate26.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate25(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate25.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.id === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "id"},message:"must have required property '"+"id"+"'",schema:schema43.required,parentSchema:schema43,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(func1.call(schema43.properties, key0))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema43,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.id !== undefined){
let data0 = data.id;
if(typeof data0 === "string"){
if(!pattern4.test(data0)){
const err2 = {instancePath:instancePath+"/id",schemaPath:"#/$defs/name/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_.:-]{0,127}$"},message:"must match pattern \""+"^[A-Za-z][A-Za-z0-9_.:-]{0,127}$"+"\"",schema:"^[A-Za-z][A-Za-z0-9_.:-]{0,127}$",parentSchema:schema32,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/id",schemaPath:"#/$defs/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.type,parentSchema:schema32,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.description !== undefined){
let data1 = data.description;
if(typeof data1 === "string"){
if(func2(data1) > 10000){
const err4 = {instancePath:instancePath+"/description",schemaPath:"#/$defs/prose/maxLength",keyword:"maxLength",params:{limit: 10000},message:"must NOT have more than 10000 characters",schema:10000,parentSchema:schema35,data:data1};
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
const err5 = {instancePath:instancePath+"/description",schemaPath:"#/$defs/prose/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.type,parentSchema:schema35,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.permit !== undefined){
let data2 = data.permit;
const _errs10 = errors;
let valid4 = false;
const _errs11 = errors;
if("*" !== data2){
const err6 = {instancePath:instancePath+"/permit",schemaPath:"#/$defs/actions/anyOf/0/const",keyword:"const",params:{allowedValue: "*"},message:"must be equal to constant",schema:"*",parentSchema:schema46.anyOf[0],data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
var _valid0 = _errs11 === errors;
valid4 = valid4 || _valid0;
const _errs12 = errors;
if(Array.isArray(data2)){
if(data2.length > 1000){
const err7 = {instancePath:instancePath+"/permit",schemaPath:"#/$defs/actions/anyOf/1/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items",schema:1000,parentSchema:schema46.anyOf[1],data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(data2.length < 1){
const err8 = {instancePath:instancePath+"/permit",schemaPath:"#/$defs/actions/anyOf/1/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema46.anyOf[1],data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if(typeof data3 === "string"){
if(!pattern4.test(data3)){
const err9 = {instancePath:instancePath+"/permit/" + i0,schemaPath:"#/$defs/actions/anyOf/1/items/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_.:-]{0,127}$"},message:"must match pattern \""+"^[A-Za-z][A-Za-z0-9_.:-]{0,127}$"+"\"",schema:"^[A-Za-z][A-Za-z0-9_.:-]{0,127}$",parentSchema:schema46.anyOf[1].items,data:data3};
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
const err10 = {instancePath:instancePath+"/permit/" + i0,schemaPath:"#/$defs/actions/anyOf/1/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema46.anyOf[1].items.type,parentSchema:schema46.anyOf[1].items,data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
let i1 = data2.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data2[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err11 = {instancePath:instancePath+"/permit",schemaPath:"#/$defs/actions/anyOf/1/uniqueItems",keyword:"uniqueItems",params:{i: i1, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i1+" are identical)",schema:true,parentSchema:schema46.anyOf[1],data:data2};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
const err12 = {instancePath:instancePath+"/permit",schemaPath:"#/$defs/actions/anyOf/1/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema46.anyOf[1].type,parentSchema:schema46.anyOf[1],data:data2};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
var _valid0 = _errs12 === errors;
valid4 = valid4 || _valid0;
if(!valid4){
const err13 = {instancePath:instancePath+"/permit",schemaPath:"#/$defs/actions/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema46.anyOf,parentSchema:schema46,data:data2};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
else {
errors = _errs10;
if(vErrors !== null){
if(_errs10){
vErrors.length = _errs10;
}
else {
vErrors = null;
}
}
}
}
if(data.deny !== undefined){
let data4 = data.deny;
const _errs18 = errors;
let valid9 = false;
const _errs19 = errors;
if("*" !== data4){
const err14 = {instancePath:instancePath+"/deny",schemaPath:"#/$defs/actions/anyOf/0/const",keyword:"const",params:{allowedValue: "*"},message:"must be equal to constant",schema:"*",parentSchema:schema46.anyOf[0],data:data4};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
var _valid1 = _errs19 === errors;
valid9 = valid9 || _valid1;
const _errs20 = errors;
if(Array.isArray(data4)){
if(data4.length > 1000){
const err15 = {instancePath:instancePath+"/deny",schemaPath:"#/$defs/actions/anyOf/1/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items",schema:1000,parentSchema:schema46.anyOf[1],data:data4};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
if(data4.length < 1){
const err16 = {instancePath:instancePath+"/deny",schemaPath:"#/$defs/actions/anyOf/1/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema46.anyOf[1],data:data4};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
const len1 = data4.length;
for(let i2=0; i2<len1; i2++){
let data5 = data4[i2];
if(typeof data5 === "string"){
if(!pattern4.test(data5)){
const err17 = {instancePath:instancePath+"/deny/" + i2,schemaPath:"#/$defs/actions/anyOf/1/items/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_.:-]{0,127}$"},message:"must match pattern \""+"^[A-Za-z][A-Za-z0-9_.:-]{0,127}$"+"\"",schema:"^[A-Za-z][A-Za-z0-9_.:-]{0,127}$",parentSchema:schema46.anyOf[1].items,data:data5};
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
const err18 = {instancePath:instancePath+"/deny/" + i2,schemaPath:"#/$defs/actions/anyOf/1/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema46.anyOf[1].items.type,parentSchema:schema46.anyOf[1].items,data:data5};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
let i3 = data4.length;
let j1;
if(i3 > 1){
const indices1 = {};
for(;i3--;){
let item1 = data4[i3];
if(typeof item1 !== "string"){
continue;
}
if(typeof indices1[item1] == "number"){
j1 = indices1[item1];
const err19 = {instancePath:instancePath+"/deny",schemaPath:"#/$defs/actions/anyOf/1/uniqueItems",keyword:"uniqueItems",params:{i: i3, j: j1},message:"must NOT have duplicate items (items ## "+j1+" and "+i3+" are identical)",schema:true,parentSchema:schema46.anyOf[1],data:data4};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
break;
}
indices1[item1] = i3;
}
}
}
else {
const err20 = {instancePath:instancePath+"/deny",schemaPath:"#/$defs/actions/anyOf/1/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema46.anyOf[1].type,parentSchema:schema46.anyOf[1],data:data4};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
var _valid1 = _errs20 === errors;
valid9 = valid9 || _valid1;
if(!valid9){
const err21 = {instancePath:instancePath+"/deny",schemaPath:"#/$defs/actions/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema46.anyOf,parentSchema:schema46,data:data4};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
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
if(data.roles !== undefined){
let data6 = data.roles;
if(Array.isArray(data6)){
if(data6.length > 10000){
const err22 = {instancePath:instancePath+"/roles",schemaPath:"#/properties/roles/maxItems",keyword:"maxItems",params:{limit: 10000},message:"must NOT have more than 10000 items",schema:10000,parentSchema:schema43.properties.roles,data:data6};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
if(data6.length < 1){
const err23 = {instancePath:instancePath+"/roles",schemaPath:"#/properties/roles/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema43.properties.roles,data:data6};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
const len2 = data6.length;
for(let i4=0; i4<len2; i4++){
let data7 = data6[i4];
if(typeof data7 === "string"){
if(!pattern4.test(data7)){
const err24 = {instancePath:instancePath+"/roles/" + i4,schemaPath:"#/properties/roles/items/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_.:-]{0,127}$"},message:"must match pattern \""+"^[A-Za-z][A-Za-z0-9_.:-]{0,127}$"+"\"",schema:"^[A-Za-z][A-Za-z0-9_.:-]{0,127}$",parentSchema:schema43.properties.roles.items,data:data7};
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
const err25 = {instancePath:instancePath+"/roles/" + i4,schemaPath:"#/properties/roles/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema43.properties.roles.items.type,parentSchema:schema43.properties.roles.items,data:data7};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
let i5 = data6.length;
let j2;
if(i5 > 1){
const indices2 = {};
for(;i5--;){
let item2 = data6[i5];
if(typeof item2 !== "string"){
continue;
}
if(typeof indices2[item2] == "number"){
j2 = indices2[item2];
const err26 = {instancePath:instancePath+"/roles",schemaPath:"#/properties/roles/uniqueItems",keyword:"uniqueItems",params:{i: i5, j: j2},message:"must NOT have duplicate items (items ## "+j2+" and "+i5+" are identical)",schema:true,parentSchema:schema43.properties.roles,data:data6};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
break;
}
indices2[item2] = i5;
}
}
}
else {
const err27 = {instancePath:instancePath+"/roles",schemaPath:"#/properties/roles/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema43.properties.roles.type,parentSchema:schema43.properties.roles,data:data6};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
if(data.when !== undefined){
let data8 = data.when;
if(typeof data8 === "string"){
if(func2(data8) > 16384){
const err28 = {instancePath:instancePath+"/when",schemaPath:"#/$defs/condition/maxLength",keyword:"maxLength",params:{limit: 16384},message:"must NOT have more than 16384 characters",schema:16384,parentSchema:schema42,data:data8};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
if(func2(data8) < 1){
const err29 = {instancePath:instancePath+"/when",schemaPath:"#/$defs/condition/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema42,data:data8};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
else {
const err30 = {instancePath:instancePath+"/when",schemaPath:"#/$defs/condition/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema42.type,parentSchema:schema42,data:data8};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
if(data.require !== undefined){
let data9 = data.require;
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
if(Object.keys(data9).length < 1){
const err31 = {instancePath:instancePath+"/require",schemaPath:"#/properties/require/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema43.properties.require,data:data9};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
for(const key1 in data9){
if(!(((key1 === "acr") || (key1 === "amr")) || (key1 === "max_age"))){
const err32 = {instancePath:instancePath+"/require",schemaPath:"#/properties/require/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema43.properties.require,data:data9};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
if(data9.acr !== undefined){
let data10 = data9.acr;
const _errs36 = errors;
let valid19 = false;
const _errs37 = errors;
if(typeof data10 === "string"){
if(func2(data10) > 256){
const err33 = {instancePath:instancePath+"/require/acr",schemaPath:"#/$defs/oneOf/anyOf/0/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters",schema:256,parentSchema:schema49.anyOf[0],data:data10};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
if(func2(data10) < 1){
const err34 = {instancePath:instancePath+"/require/acr",schemaPath:"#/$defs/oneOf/anyOf/0/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema49.anyOf[0],data:data10};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
if(!pattern16.test(data10)){
const err35 = {instancePath:instancePath+"/require/acr",schemaPath:"#/$defs/oneOf/anyOf/0/pattern",keyword:"pattern",params:{pattern: "^[!#-\\[\\]-~]+$"},message:"must match pattern \""+"^[!#-\\[\\]-~]+$"+"\"",schema:"^[!#-\\[\\]-~]+$",parentSchema:schema49.anyOf[0],data:data10};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
else {
const err36 = {instancePath:instancePath+"/require/acr",schemaPath:"#/$defs/oneOf/anyOf/0/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema49.anyOf[0].type,parentSchema:schema49.anyOf[0],data:data10};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
var _valid2 = _errs37 === errors;
valid19 = valid19 || _valid2;
const _errs39 = errors;
if(Array.isArray(data10)){
if(data10.length > 100){
const err37 = {instancePath:instancePath+"/require/acr",schemaPath:"#/$defs/oneOf/anyOf/1/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items",schema:100,parentSchema:schema49.anyOf[1],data:data10};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
if(data10.length < 1){
const err38 = {instancePath:instancePath+"/require/acr",schemaPath:"#/$defs/oneOf/anyOf/1/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema49.anyOf[1],data:data10};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
const len3 = data10.length;
for(let i6=0; i6<len3; i6++){
let data11 = data10[i6];
if(typeof data11 === "string"){
if(func2(data11) > 256){
const err39 = {instancePath:instancePath+"/require/acr/" + i6,schemaPath:"#/$defs/oneOf/anyOf/1/items/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters",schema:256,parentSchema:schema49.anyOf[1].items,data:data11};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
if(func2(data11) < 1){
const err40 = {instancePath:instancePath+"/require/acr/" + i6,schemaPath:"#/$defs/oneOf/anyOf/1/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema49.anyOf[1].items,data:data11};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
if(!pattern16.test(data11)){
const err41 = {instancePath:instancePath+"/require/acr/" + i6,schemaPath:"#/$defs/oneOf/anyOf/1/items/pattern",keyword:"pattern",params:{pattern: "^[!#-\\[\\]-~]+$"},message:"must match pattern \""+"^[!#-\\[\\]-~]+$"+"\"",schema:"^[!#-\\[\\]-~]+$",parentSchema:schema49.anyOf[1].items,data:data11};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
else {
const err42 = {instancePath:instancePath+"/require/acr/" + i6,schemaPath:"#/$defs/oneOf/anyOf/1/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema49.anyOf[1].items.type,parentSchema:schema49.anyOf[1].items,data:data11};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
let i7 = data10.length;
let j3;
if(i7 > 1){
const indices3 = {};
for(;i7--;){
let item3 = data10[i7];
if(typeof item3 !== "string"){
continue;
}
if(typeof indices3[item3] == "number"){
j3 = indices3[item3];
const err43 = {instancePath:instancePath+"/require/acr",schemaPath:"#/$defs/oneOf/anyOf/1/uniqueItems",keyword:"uniqueItems",params:{i: i7, j: j3},message:"must NOT have duplicate items (items ## "+j3+" and "+i7+" are identical)",schema:true,parentSchema:schema49.anyOf[1],data:data10};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
break;
}
indices3[item3] = i7;
}
}
}
else {
const err44 = {instancePath:instancePath+"/require/acr",schemaPath:"#/$defs/oneOf/anyOf/1/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema49.anyOf[1].type,parentSchema:schema49.anyOf[1],data:data10};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
var _valid2 = _errs39 === errors;
valid19 = valid19 || _valid2;
if(!valid19){
const err45 = {instancePath:instancePath+"/require/acr",schemaPath:"#/$defs/oneOf/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema49.anyOf,parentSchema:schema49,data:data10};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
else {
errors = _errs36;
if(vErrors !== null){
if(_errs36){
vErrors.length = _errs36;
}
else {
vErrors = null;
}
}
}
}
if(data9.amr !== undefined){
let data12 = data9.amr;
const _errs45 = errors;
let valid24 = false;
const _errs46 = errors;
if(typeof data12 === "string"){
if(func2(data12) > 256){
const err46 = {instancePath:instancePath+"/require/amr",schemaPath:"#/$defs/oneOf/anyOf/0/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters",schema:256,parentSchema:schema49.anyOf[0],data:data12};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
if(func2(data12) < 1){
const err47 = {instancePath:instancePath+"/require/amr",schemaPath:"#/$defs/oneOf/anyOf/0/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema49.anyOf[0],data:data12};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
if(!pattern16.test(data12)){
const err48 = {instancePath:instancePath+"/require/amr",schemaPath:"#/$defs/oneOf/anyOf/0/pattern",keyword:"pattern",params:{pattern: "^[!#-\\[\\]-~]+$"},message:"must match pattern \""+"^[!#-\\[\\]-~]+$"+"\"",schema:"^[!#-\\[\\]-~]+$",parentSchema:schema49.anyOf[0],data:data12};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
else {
const err49 = {instancePath:instancePath+"/require/amr",schemaPath:"#/$defs/oneOf/anyOf/0/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema49.anyOf[0].type,parentSchema:schema49.anyOf[0],data:data12};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
var _valid3 = _errs46 === errors;
valid24 = valid24 || _valid3;
const _errs48 = errors;
if(Array.isArray(data12)){
if(data12.length > 100){
const err50 = {instancePath:instancePath+"/require/amr",schemaPath:"#/$defs/oneOf/anyOf/1/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items",schema:100,parentSchema:schema49.anyOf[1],data:data12};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
if(data12.length < 1){
const err51 = {instancePath:instancePath+"/require/amr",schemaPath:"#/$defs/oneOf/anyOf/1/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema49.anyOf[1],data:data12};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
const len4 = data12.length;
for(let i8=0; i8<len4; i8++){
let data13 = data12[i8];
if(typeof data13 === "string"){
if(func2(data13) > 256){
const err52 = {instancePath:instancePath+"/require/amr/" + i8,schemaPath:"#/$defs/oneOf/anyOf/1/items/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters",schema:256,parentSchema:schema49.anyOf[1].items,data:data13};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
if(func2(data13) < 1){
const err53 = {instancePath:instancePath+"/require/amr/" + i8,schemaPath:"#/$defs/oneOf/anyOf/1/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema49.anyOf[1].items,data:data13};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
if(!pattern16.test(data13)){
const err54 = {instancePath:instancePath+"/require/amr/" + i8,schemaPath:"#/$defs/oneOf/anyOf/1/items/pattern",keyword:"pattern",params:{pattern: "^[!#-\\[\\]-~]+$"},message:"must match pattern \""+"^[!#-\\[\\]-~]+$"+"\"",schema:"^[!#-\\[\\]-~]+$",parentSchema:schema49.anyOf[1].items,data:data13};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
else {
const err55 = {instancePath:instancePath+"/require/amr/" + i8,schemaPath:"#/$defs/oneOf/anyOf/1/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema49.anyOf[1].items.type,parentSchema:schema49.anyOf[1].items,data:data13};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
}
let i9 = data12.length;
let j4;
if(i9 > 1){
const indices4 = {};
for(;i9--;){
let item4 = data12[i9];
if(typeof item4 !== "string"){
continue;
}
if(typeof indices4[item4] == "number"){
j4 = indices4[item4];
const err56 = {instancePath:instancePath+"/require/amr",schemaPath:"#/$defs/oneOf/anyOf/1/uniqueItems",keyword:"uniqueItems",params:{i: i9, j: j4},message:"must NOT have duplicate items (items ## "+j4+" and "+i9+" are identical)",schema:true,parentSchema:schema49.anyOf[1],data:data12};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
break;
}
indices4[item4] = i9;
}
}
}
else {
const err57 = {instancePath:instancePath+"/require/amr",schemaPath:"#/$defs/oneOf/anyOf/1/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema49.anyOf[1].type,parentSchema:schema49.anyOf[1],data:data12};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
var _valid3 = _errs48 === errors;
valid24 = valid24 || _valid3;
if(!valid24){
const err58 = {instancePath:instancePath+"/require/amr",schemaPath:"#/$defs/oneOf/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema49.anyOf,parentSchema:schema49,data:data12};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
else {
errors = _errs45;
if(vErrors !== null){
if(_errs45){
vErrors.length = _errs45;
}
else {
vErrors = null;
}
}
}
}
if(data9.max_age !== undefined){
let data14 = data9.max_age;
if(typeof data14 === "string"){
if(func2(data14) > 64){
const err59 = {instancePath:instancePath+"/require/max_age",schemaPath:"#/properties/require/properties/max_age/maxLength",keyword:"maxLength",params:{limit: 64},message:"must NOT have more than 64 characters",schema:64,parentSchema:schema43.properties.require.properties.max_age,data:data14};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
if(func2(data14) < 1){
const err60 = {instancePath:instancePath+"/require/max_age",schemaPath:"#/properties/require/properties/max_age/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema43.properties.require.properties.max_age,data:data14};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
}
else {
const err61 = {instancePath:instancePath+"/require/max_age",schemaPath:"#/properties/require/properties/max_age/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema43.properties.require.properties.max_age.type,parentSchema:schema43.properties.require.properties.max_age,data:data14};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
}
}
else {
const err62 = {instancePath:instancePath+"/require",schemaPath:"#/properties/require/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema43.properties.require.type,parentSchema:schema43.properties.require,data:data9};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
}
if(data.obligations !== undefined){
let data15 = data.obligations;
if(Array.isArray(data15)){
if(data15.length > 100){
const err63 = {instancePath:instancePath+"/obligations",schemaPath:"#/properties/obligations/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items",schema:100,parentSchema:schema43.properties.obligations,data:data15};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
if(data15.length < 1){
const err64 = {instancePath:instancePath+"/obligations",schemaPath:"#/properties/obligations/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema43.properties.obligations,data:data15};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
const len5 = data15.length;
for(let i10=0; i10<len5; i10++){
let data16 = data15[i10];
if(data16 && typeof data16 == "object" && !Array.isArray(data16)){
if(data16.type === undefined){
const err65 = {instancePath:instancePath+"/obligations/" + i10,schemaPath:"#/properties/obligations/items/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'",schema:schema43.properties.obligations.items.required,parentSchema:schema43.properties.obligations.items,data:data16};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
for(const key2 in data16){
if(!((key2 === "type") || (key2 === "properties"))){
const err66 = {instancePath:instancePath+"/obligations/" + i10,schemaPath:"#/properties/obligations/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema43.properties.obligations.items,data:data16};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
}
if(data16.type !== undefined){
let data17 = data16.type;
if(typeof data17 === "string"){
if(!pattern4.test(data17)){
const err67 = {instancePath:instancePath+"/obligations/" + i10+"/type",schemaPath:"#/$defs/name/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_.:-]{0,127}$"},message:"must match pattern \""+"^[A-Za-z][A-Za-z0-9_.:-]{0,127}$"+"\"",schema:"^[A-Za-z][A-Za-z0-9_.:-]{0,127}$",parentSchema:schema32,data:data17};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
}
else {
const err68 = {instancePath:instancePath+"/obligations/" + i10+"/type",schemaPath:"#/$defs/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.type,parentSchema:schema32,data:data17};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
}
if(data16.properties !== undefined){
if(!(validate26(data16.properties, {instancePath:instancePath+"/obligations/" + i10+"/properties",parentData:data16,parentDataProperty:"properties",rootData,dynamicAnchors}))){
vErrors = joined(vErrors, validate26.errors);
errors = vErrors.length;
}
}
}
else {
const err69 = {instancePath:instancePath+"/obligations/" + i10,schemaPath:"#/properties/obligations/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema43.properties.obligations.items.type,parentSchema:schema43.properties.obligations.items,data:data16};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
}
}
else {
const err70 = {instancePath:instancePath+"/obligations",schemaPath:"#/properties/obligations/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema43.properties.obligations.type,parentSchema:schema43.properties.obligations,data:data15};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
}
if(data.output !== undefined){
if(!(validate26(data.output, {instancePath:instancePath+"/output",parentData:data,parentDataProperty:"output",rootData,dynamicAnchors}))){
vErrors = joined(vErrors, validate26.errors);
errors = vErrors.length;
}
}
}
else {
const err71 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema43.type,parentSchema:schema43,data};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
validate25.errors = vErrors;
return errors === 0;
}
validate25.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate20(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="https://sallyport.dev/schemas/policy.schema.json" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate20.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
const _errs1 = errors;
let valid0 = true;
const _errs2 = errors;
const _errs3 = errors;
const _errs4 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.scope === undefined) && (missing0 = "scope")){
const err0 = {};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
var valid1 = _errs4 === errors;
if(valid1){
const err1 = {};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
else {
errors = _errs3;
if(vErrors !== null){
if(_errs3){
vErrors.length = _errs3;
}
else {
vErrors = null;
}
}
}
var _valid0 = _errs2 === errors;
errors = _errs1;
if(vErrors !== null){
if(_errs1){
vErrors.length = _errs1;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs5 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.actions === undefined){
const err2 = {instancePath,schemaPath:"#/then/required",keyword:"required",params:{missingProperty: "actions"},message:"must have required property '"+"actions"+"'",schema:schema31.then.required,parentSchema:schema31.then,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
var _valid0 = _errs5 === errors;
valid0 = _valid0;
if(valid0){
var props0 = {};
props0.actions = true;
}
}
if(!valid0){
const err3 = {instancePath,schemaPath:"#/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema",schema:schema31.if,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.resource === undefined){
const err4 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "resource"},message:"must have required property '"+"resource"+"'",schema:schema31.required,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(data.rules === undefined){
const err5 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "rules"},message:"must have required property '"+"rules"+"'",schema:schema31.required,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
for(const key0 in data){
if(!(func1.call(schema31.properties, key0))){
const err6 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.resource !== undefined){
let data0 = data.resource;
if(typeof data0 === "string"){
if(!pattern4.test(data0)){
const err7 = {instancePath:instancePath+"/resource",schemaPath:"#/$defs/name/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_.:-]{0,127}$"},message:"must match pattern \""+"^[A-Za-z][A-Za-z0-9_.:-]{0,127}$"+"\"",schema:"^[A-Za-z][A-Za-z0-9_.:-]{0,127}$",parentSchema:schema32,data:data0};
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
const err8 = {instancePath:instancePath+"/resource",schemaPath:"#/$defs/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.type,parentSchema:schema32,data:data0};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.version !== undefined){
let data1 = data.version;
if(typeof data1 === "string"){
if(!pattern5.test(data1)){
const err9 = {instancePath:instancePath+"/version",schemaPath:"#/$defs/version/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$"},message:"must match pattern \""+"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$"+"\"",schema:"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$",parentSchema:schema33,data:data1};
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
const err10 = {instancePath:instancePath+"/version",schemaPath:"#/$defs/version/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema33.type,parentSchema:schema33,data:data1};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.scope !== undefined){
let data2 = data.scope;
if(typeof data2 === "string"){
if(!pattern6.test(data2)){
const err11 = {instancePath:instancePath+"/scope",schemaPath:"#/$defs/scope/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9][a-z0-9_-]{0,62}(\\.[a-z0-9][a-z0-9_-]{0,62}){0,7}$"},message:"must match pattern \""+"^[a-z0-9][a-z0-9_-]{0,62}(\\.[a-z0-9][a-z0-9_-]{0,62}){0,7}$"+"\"",schema:"^[a-z0-9][a-z0-9_-]{0,62}(\\.[a-z0-9][a-z0-9_-]{0,62}){0,7}$",parentSchema:schema34,data:data2};
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
const err12 = {instancePath:instancePath+"/scope",schemaPath:"#/$defs/scope/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.type,parentSchema:schema34,data:data2};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.scope_required !== undefined){
let data3 = data.scope_required;
if(typeof data3 !== "boolean"){
const err13 = {instancePath:instancePath+"/scope_required",schemaPath:"#/properties/scope_required/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema31.properties.scope_required.type,parentSchema:schema31.properties.scope_required,data:data3};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.description !== undefined){
let data4 = data.description;
if(typeof data4 === "string"){
if(func2(data4) > 10000){
const err14 = {instancePath:instancePath+"/description",schemaPath:"#/$defs/prose/maxLength",keyword:"maxLength",params:{limit: 10000},message:"must NOT have more than 10000 characters",schema:10000,parentSchema:schema35,data:data4};
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
const err15 = {instancePath:instancePath+"/description",schemaPath:"#/$defs/prose/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.type,parentSchema:schema35,data:data4};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data.actions !== undefined){
let data5 = data.actions;
if(Array.isArray(data5)){
if(data5.length > 1000){
const err16 = {instancePath:instancePath+"/actions",schemaPath:"#/properties/actions/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items",schema:1000,parentSchema:schema31.properties.actions,data:data5};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if(data5.length < 1){
const err17 = {instancePath:instancePath+"/actions",schemaPath:"#/properties/actions/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema31.properties.actions,data:data5};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
const len0 = data5.length;
for(let i0=0; i0<len0; i0++){
let data6 = data5[i0];
if(typeof data6 === "string"){
if(!pattern4.test(data6)){
const err18 = {instancePath:instancePath+"/actions/" + i0,schemaPath:"#/properties/actions/items/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_.:-]{0,127}$"},message:"must match pattern \""+"^[A-Za-z][A-Za-z0-9_.:-]{0,127}$"+"\"",schema:"^[A-Za-z][A-Za-z0-9_.:-]{0,127}$",parentSchema:schema31.properties.actions.items,data:data6};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
else {
const err19 = {instancePath:instancePath+"/actions/" + i0,schemaPath:"#/properties/actions/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.actions.items.type,parentSchema:schema31.properties.actions.items,data:data6};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
let i1 = data5.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data5[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err20 = {instancePath:instancePath+"/actions",schemaPath:"#/properties/actions/uniqueItems",keyword:"uniqueItems",params:{i: i1, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i1+" are identical)",schema:true,parentSchema:schema31.properties.actions,data:data5};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
const err21 = {instancePath:instancePath+"/actions",schemaPath:"#/properties/actions/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.actions.type,parentSchema:schema31.properties.actions,data:data5};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data.attributes !== undefined){
let data7 = data.attributes;
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
if(Object.keys(data7).length > 1000){
const err22 = {instancePath:instancePath+"/attributes",schemaPath:"#/properties/attributes/maxProperties",keyword:"maxProperties",params:{limit: 1000},message:"must NOT have more than 1000 properties",schema:1000,parentSchema:schema31.properties.attributes,data:data7};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
for(const key1 in data7){
const _errs27 = errors;
if(typeof key1 === "string"){
if(!pattern8.test(key1)){
const err23 = {instancePath:instancePath+"/attributes",schemaPath:"#/properties/attributes/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_]{0,63}$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_]{0,63}$"+"\"",schema:"^[A-Za-z_][A-Za-z0-9_]{0,63}$",parentSchema:schema31.properties.attributes.propertyNames,data:key1,propertyName:key1};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
var valid10 = _errs27 === errors;
if(!valid10){
const err24 = {instancePath:instancePath+"/attributes",schemaPath:"#/properties/attributes/propertyNames",keyword:"propertyNames",params:{propertyName: key1},message:"property name must be valid",schema:schema31.properties.attributes.propertyNames,parentSchema:schema31.properties.attributes,data:data7};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
for(const key2 in data7){
let data8 = data7[key2];
if(typeof data8 === "string"){
if(func2(data8) > 200){
const err25 = {instancePath:instancePath+"/attributes/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/attributes/additionalProperties/maxLength",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters",schema:200,parentSchema:schema31.properties.attributes.additionalProperties,data:data8};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
if(func2(data8) < 1){
const err26 = {instancePath:instancePath+"/attributes/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/attributes/additionalProperties/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.attributes.additionalProperties,data:data8};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
else {
const err27 = {instancePath:instancePath+"/attributes/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/attributes/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.attributes.additionalProperties.type,parentSchema:schema31.properties.attributes.additionalProperties,data:data8};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
}
else {
const err28 = {instancePath:instancePath+"/attributes",schemaPath:"#/properties/attributes/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.attributes.type,parentSchema:schema31.properties.attributes,data:data7};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data.variables !== undefined){
if(!(validate21(data.variables, {instancePath:instancePath+"/variables",parentData:data,parentDataProperty:"variables",rootData,dynamicAnchors}))){
vErrors = joined(vErrors, validate21.errors);
errors = vErrors.length;
}
}
if(data.derived_roles !== undefined){
if(!(validate23(data.derived_roles, {instancePath:instancePath+"/derived_roles",parentData:data,parentDataProperty:"derived_roles",rootData,dynamicAnchors}))){
vErrors = joined(vErrors, validate23.errors);
errors = vErrors.length;
}
}
if(data.combining !== undefined){
let data11 = data.combining;
if(!((((data11 === "deny-overrides") || (data11 === "permit-overrides")) || (data11 === "first-applicable")) || (data11 === "deny-unless-permit"))){
const err29 = {instancePath:instancePath+"/combining",schemaPath:"#/properties/combining/enum",keyword:"enum",params:{allowedValues: schema31.properties.combining.enum},message:"must be equal to one of the allowed values",schema:schema31.properties.combining.enum,parentSchema:schema31.properties.combining,data:data11};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
if(data.rules !== undefined){
let data12 = data.rules;
if(Array.isArray(data12)){
if(data12.length > 100000){
const err30 = {instancePath:instancePath+"/rules",schemaPath:"#/properties/rules/maxItems",keyword:"maxItems",params:{limit: 100000},message:"must NOT have more than 100000 items",schema:100000,parentSchema:schema31.properties.rules,data:data12};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
const len1 = data12.length;
for(let i2=0; i2<len1; i2++){
if(!(validate25(data12[i2], {instancePath:instancePath+"/rules/" + i2,parentData:data12,parentDataProperty:i2,rootData,dynamicAnchors}))){
vErrors = joined(vErrors, validate25.errors);
errors = vErrors.length;
}
}
}
else {
const err31 = {instancePath:instancePath+"/rules",schemaPath:"#/properties/rules/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.rules.type,parentSchema:schema31.properties.rules,data:data12};
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
const err32 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.type,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
validate20.errors = vErrors;
return errors === 0;
}
validate20.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};
