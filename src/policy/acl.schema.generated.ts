// @ts-nocheck Generated from the schema beside it by `npm run build:validators`.
import type { SchemaValidator } from '../source/validate-schema.ts'
import { equal, joined, ucs2length } from '../source/validator-functions.ts'
export const validate: SchemaValidator = validate20;
const schema31 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://sallyport.dev/schemas/acl.schema.json","title":"Sallyport access control list","description":"Who may do what to which single resources of one type.","type":"object","additionalProperties":false,"required":["acl","entries"],"properties":{"acl":{"description":"the type of resource the list is about, such as \"document\"","$ref":"#/$defs/name"},"version":{"description":"the version of the resource policy that the list belongs to; without it \"default\"","$ref":"#/$defs/version"},"scope":{"description":"the tenant, or part of one, whose resources the list is about","$ref":"#/$defs/scope"},"description":{"$ref":"#/$defs/prose"},"entries":{"description":"the entries","type":"array","minItems":1,"maxItems":100000,"items":{"$ref":"#/$defs/entry"}}},"$defs":{"version":{"title":"a version (letters, digits, \"-\", \"_\" and \".\", starting with a letter or digit)","type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$"},"scope":{"title":"a scope such as acme.hr (up to 8 parts of lower-case letters, digits, \"-\" and \"_\" between dots)","type":"string","pattern":"^[a-z0-9][a-z0-9_-]{0,62}(\\.[a-z0-9][a-z0-9_-]{0,62}){0,7}$"},"name":{"title":"a name (letters, digits, \"-\", \"_\", \".\" and \":\", starting with a letter)","type":"string","pattern":"^[A-Za-z][A-Za-z0-9_.:-]{0,127}$"},"prose":{"description":"for people","type":"string","maxLength":10000},"actions":{"title":"a list of actions, or \"*\" for all of them","anyOf":[{"const":"*"},{"type":"array","minItems":1,"maxItems":1000,"uniqueItems":true,"items":{"title":"a name (letters, digits, \"-\", \"_\", \".\" and \":\", starting with a letter)","type":"string","pattern":"^[A-Za-z][A-Za-z0-9_.:-]{0,127}$"}}]},"entry":{"type":"object","additionalProperties":false,"dependentRequired":{"subject_type":["subjects"]},"required":["resources"],"properties":{"id":{"description":"a name for the entry that decisions and records cite; without it \"acl-1\", \"acl-2\" and so on","$ref":"#/$defs/name"},"description":{"$ref":"#/$defs/prose"},"resources":{"title":"a text, or a list of texts","description":"ids of resources; \"*\" in one stands for any characters but \"/\", \"**\" for any at all","anyOf":[{"type":"string","minLength":1,"maxLength":256},{"type":"array","minItems":1,"maxItems":10000,"uniqueItems":true,"items":{"type":"string","minLength":1,"maxLength":256}}]},"permit":{"description":"actions the entry permits","$ref":"#/$defs/actions"},"deny":{"description":"actions the entry denies","$ref":"#/$defs/actions"},"subjects":{"title":"a text, or a list of texts","description":"ids of subjects","anyOf":[{"type":"string","minLength":1,"maxLength":1024},{"type":"array","minItems":1,"maxItems":10000,"uniqueItems":true,"items":{"type":"string","minLength":1,"maxLength":1024}}]},"subject_type":{"description":"the type of the subjects, such as service, or \"*\" for any; without it \"user\" where the entry permits, any where it denies","type":"string","minLength":1,"maxLength":128},"groups":{"title":"a text, or a list of texts","description":"groups of which the subject is in one, as subject.groups says","anyOf":[{"type":"string","minLength":1,"maxLength":1024},{"type":"array","minItems":1,"maxItems":10000,"uniqueItems":true,"items":{"type":"string","minLength":1,"maxLength":1024}}]},"roles":{"title":"a text, or a list of texts","description":"roles of which the subject holds one","anyOf":[{"type":"string","minLength":1,"maxLength":128},{"type":"array","minItems":1,"maxItems":10000,"uniqueItems":true,"items":{"type":"string","minLength":1,"maxLength":128}}]},"expires":{"title":"an instant such as 2027-01-01T00:00:00Z","description":"from this instant on the entry does not apply","type":"string","minLength":1,"maxLength":64}}}}};
const schema32 = {"title":"a name (letters, digits, \"-\", \"_\", \".\" and \":\", starting with a letter)","type":"string","pattern":"^[A-Za-z][A-Za-z0-9_.:-]{0,127}$"};
const schema33 = {"title":"a version (letters, digits, \"-\", \"_\" and \".\", starting with a letter or digit)","type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$"};
const schema34 = {"title":"a scope such as acme.hr (up to 8 parts of lower-case letters, digits, \"-\" and \"_\" between dots)","type":"string","pattern":"^[a-z0-9][a-z0-9_-]{0,62}(\\.[a-z0-9][a-z0-9_-]{0,62}){0,7}$"};
const schema35 = {"description":"for people","type":"string","maxLength":10000};
const pattern4 = new RegExp("^[A-Za-z][A-Za-z0-9_.:-]{0,127}$", "u");
const pattern5 = new RegExp("^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$", "u");
const pattern6 = new RegExp("^[a-z0-9][a-z0-9_-]{0,62}(\\.[a-z0-9][a-z0-9_-]{0,62}){0,7}$", "u");
const func1 = ucs2length;
const schema36 = {"type":"object","additionalProperties":false,"dependentRequired":{"subject_type":["subjects"]},"required":["resources"],"properties":{"id":{"description":"a name for the entry that decisions and records cite; without it \"acl-1\", \"acl-2\" and so on","$ref":"#/$defs/name"},"description":{"$ref":"#/$defs/prose"},"resources":{"title":"a text, or a list of texts","description":"ids of resources; \"*\" in one stands for any characters but \"/\", \"**\" for any at all","anyOf":[{"type":"string","minLength":1,"maxLength":256},{"type":"array","minItems":1,"maxItems":10000,"uniqueItems":true,"items":{"type":"string","minLength":1,"maxLength":256}}]},"permit":{"description":"actions the entry permits","$ref":"#/$defs/actions"},"deny":{"description":"actions the entry denies","$ref":"#/$defs/actions"},"subjects":{"title":"a text, or a list of texts","description":"ids of subjects","anyOf":[{"type":"string","minLength":1,"maxLength":1024},{"type":"array","minItems":1,"maxItems":10000,"uniqueItems":true,"items":{"type":"string","minLength":1,"maxLength":1024}}]},"subject_type":{"description":"the type of the subjects, such as service, or \"*\" for any; without it \"user\" where the entry permits, any where it denies","type":"string","minLength":1,"maxLength":128},"groups":{"title":"a text, or a list of texts","description":"groups of which the subject is in one, as subject.groups says","anyOf":[{"type":"string","minLength":1,"maxLength":1024},{"type":"array","minItems":1,"maxItems":10000,"uniqueItems":true,"items":{"type":"string","minLength":1,"maxLength":1024}}]},"roles":{"title":"a text, or a list of texts","description":"roles of which the subject holds one","anyOf":[{"type":"string","minLength":1,"maxLength":128},{"type":"array","minItems":1,"maxItems":10000,"uniqueItems":true,"items":{"type":"string","minLength":1,"maxLength":128}}]},"expires":{"title":"an instant such as 2027-01-01T00:00:00Z","description":"from this instant on the entry does not apply","type":"string","minLength":1,"maxLength":64}}};
const schema39 = {"title":"a list of actions, or \"*\" for all of them","anyOf":[{"const":"*"},{"type":"array","minItems":1,"maxItems":1000,"uniqueItems":true,"items":{"title":"a name (letters, digits, \"-\", \"_\", \".\" and \":\", starting with a letter)","type":"string","pattern":"^[A-Za-z][A-Za-z0-9_.:-]{0,127}$"}}]};
const func2 = Object.prototype.hasOwnProperty;

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
if(data.resources === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "resources"},message:"must have required property '"+"resources"+"'",schema:schema36.required,parentSchema:schema36,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(func2.call(schema36.properties, key0))){
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
if(func1(data1) > 10000){
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
if(data.resources !== undefined){
let data2 = data.resources;
const _errs9 = errors;
let valid3 = false;
const _errs10 = errors;
if(typeof data2 === "string"){
if(func1(data2) > 256){
const err6 = {instancePath:instancePath+"/resources",schemaPath:"#/properties/resources/anyOf/0/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters",schema:256,parentSchema:schema36.properties.resources.anyOf[0],data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(func1(data2) < 1){
const err7 = {instancePath:instancePath+"/resources",schemaPath:"#/properties/resources/anyOf/0/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema36.properties.resources.anyOf[0],data:data2};
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
const err8 = {instancePath:instancePath+"/resources",schemaPath:"#/properties/resources/anyOf/0/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema36.properties.resources.anyOf[0].type,parentSchema:schema36.properties.resources.anyOf[0],data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
var _valid0 = _errs10 === errors;
valid3 = valid3 || _valid0;
const _errs12 = errors;
if(Array.isArray(data2)){
if(data2.length > 10000){
const err9 = {instancePath:instancePath+"/resources",schemaPath:"#/properties/resources/anyOf/1/maxItems",keyword:"maxItems",params:{limit: 10000},message:"must NOT have more than 10000 items",schema:10000,parentSchema:schema36.properties.resources.anyOf[1],data:data2};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(data2.length < 1){
const err10 = {instancePath:instancePath+"/resources",schemaPath:"#/properties/resources/anyOf/1/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema36.properties.resources.anyOf[1],data:data2};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if(typeof data3 === "string"){
if(func1(data3) > 256){
const err11 = {instancePath:instancePath+"/resources/" + i0,schemaPath:"#/properties/resources/anyOf/1/items/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters",schema:256,parentSchema:schema36.properties.resources.anyOf[1].items,data:data3};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(func1(data3) < 1){
const err12 = {instancePath:instancePath+"/resources/" + i0,schemaPath:"#/properties/resources/anyOf/1/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema36.properties.resources.anyOf[1].items,data:data3};
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
const err13 = {instancePath:instancePath+"/resources/" + i0,schemaPath:"#/properties/resources/anyOf/1/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema36.properties.resources.anyOf[1].items.type,parentSchema:schema36.properties.resources.anyOf[1].items,data:data3};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
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
const err14 = {instancePath:instancePath+"/resources",schemaPath:"#/properties/resources/anyOf/1/uniqueItems",keyword:"uniqueItems",params:{i: i1, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i1+" are identical)",schema:true,parentSchema:schema36.properties.resources.anyOf[1],data:data2};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
const err15 = {instancePath:instancePath+"/resources",schemaPath:"#/properties/resources/anyOf/1/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema36.properties.resources.anyOf[1].type,parentSchema:schema36.properties.resources.anyOf[1],data:data2};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
var _valid0 = _errs12 === errors;
valid3 = valid3 || _valid0;
if(!valid3){
const err16 = {instancePath:instancePath+"/resources",schemaPath:"#/properties/resources/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema36.properties.resources.anyOf,parentSchema:schema36.properties.resources,data:data2};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
else {
errors = _errs9;
if(vErrors !== null){
if(_errs9){
vErrors.length = _errs9;
}
else {
vErrors = null;
}
}
}
}
if(data.permit !== undefined){
let data4 = data.permit;
const _errs18 = errors;
let valid8 = false;
const _errs19 = errors;
if("*" !== data4){
const err17 = {instancePath:instancePath+"/permit",schemaPath:"#/$defs/actions/anyOf/0/const",keyword:"const",params:{allowedValue: "*"},message:"must be equal to constant",schema:"*",parentSchema:schema39.anyOf[0],data:data4};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
var _valid1 = _errs19 === errors;
valid8 = valid8 || _valid1;
const _errs20 = errors;
if(Array.isArray(data4)){
if(data4.length > 1000){
const err18 = {instancePath:instancePath+"/permit",schemaPath:"#/$defs/actions/anyOf/1/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items",schema:1000,parentSchema:schema39.anyOf[1],data:data4};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if(data4.length < 1){
const err19 = {instancePath:instancePath+"/permit",schemaPath:"#/$defs/actions/anyOf/1/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema39.anyOf[1],data:data4};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
const len1 = data4.length;
for(let i2=0; i2<len1; i2++){
let data5 = data4[i2];
if(typeof data5 === "string"){
if(!pattern4.test(data5)){
const err20 = {instancePath:instancePath+"/permit/" + i2,schemaPath:"#/$defs/actions/anyOf/1/items/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_.:-]{0,127}$"},message:"must match pattern \""+"^[A-Za-z][A-Za-z0-9_.:-]{0,127}$"+"\"",schema:"^[A-Za-z][A-Za-z0-9_.:-]{0,127}$",parentSchema:schema39.anyOf[1].items,data:data5};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
else {
const err21 = {instancePath:instancePath+"/permit/" + i2,schemaPath:"#/$defs/actions/anyOf/1/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema39.anyOf[1].items.type,parentSchema:schema39.anyOf[1].items,data:data5};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
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
const err22 = {instancePath:instancePath+"/permit",schemaPath:"#/$defs/actions/anyOf/1/uniqueItems",keyword:"uniqueItems",params:{i: i3, j: j1},message:"must NOT have duplicate items (items ## "+j1+" and "+i3+" are identical)",schema:true,parentSchema:schema39.anyOf[1],data:data4};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
break;
}
indices1[item1] = i3;
}
}
}
else {
const err23 = {instancePath:instancePath+"/permit",schemaPath:"#/$defs/actions/anyOf/1/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema39.anyOf[1].type,parentSchema:schema39.anyOf[1],data:data4};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
var _valid1 = _errs20 === errors;
valid8 = valid8 || _valid1;
if(!valid8){
const err24 = {instancePath:instancePath+"/permit",schemaPath:"#/$defs/actions/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema39.anyOf,parentSchema:schema39,data:data4};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
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
if(data.deny !== undefined){
let data6 = data.deny;
const _errs26 = errors;
let valid13 = false;
const _errs27 = errors;
if("*" !== data6){
const err25 = {instancePath:instancePath+"/deny",schemaPath:"#/$defs/actions/anyOf/0/const",keyword:"const",params:{allowedValue: "*"},message:"must be equal to constant",schema:"*",parentSchema:schema39.anyOf[0],data:data6};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
var _valid2 = _errs27 === errors;
valid13 = valid13 || _valid2;
const _errs28 = errors;
if(Array.isArray(data6)){
if(data6.length > 1000){
const err26 = {instancePath:instancePath+"/deny",schemaPath:"#/$defs/actions/anyOf/1/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items",schema:1000,parentSchema:schema39.anyOf[1],data:data6};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
if(data6.length < 1){
const err27 = {instancePath:instancePath+"/deny",schemaPath:"#/$defs/actions/anyOf/1/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema39.anyOf[1],data:data6};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
const len2 = data6.length;
for(let i4=0; i4<len2; i4++){
let data7 = data6[i4];
if(typeof data7 === "string"){
if(!pattern4.test(data7)){
const err28 = {instancePath:instancePath+"/deny/" + i4,schemaPath:"#/$defs/actions/anyOf/1/items/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_.:-]{0,127}$"},message:"must match pattern \""+"^[A-Za-z][A-Za-z0-9_.:-]{0,127}$"+"\"",schema:"^[A-Za-z][A-Za-z0-9_.:-]{0,127}$",parentSchema:schema39.anyOf[1].items,data:data7};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
else {
const err29 = {instancePath:instancePath+"/deny/" + i4,schemaPath:"#/$defs/actions/anyOf/1/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema39.anyOf[1].items.type,parentSchema:schema39.anyOf[1].items,data:data7};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
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
const err30 = {instancePath:instancePath+"/deny",schemaPath:"#/$defs/actions/anyOf/1/uniqueItems",keyword:"uniqueItems",params:{i: i5, j: j2},message:"must NOT have duplicate items (items ## "+j2+" and "+i5+" are identical)",schema:true,parentSchema:schema39.anyOf[1],data:data6};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
break;
}
indices2[item2] = i5;
}
}
}
else {
const err31 = {instancePath:instancePath+"/deny",schemaPath:"#/$defs/actions/anyOf/1/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema39.anyOf[1].type,parentSchema:schema39.anyOf[1],data:data6};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
var _valid2 = _errs28 === errors;
valid13 = valid13 || _valid2;
if(!valid13){
const err32 = {instancePath:instancePath+"/deny",schemaPath:"#/$defs/actions/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema39.anyOf,parentSchema:schema39,data:data6};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
else {
errors = _errs26;
if(vErrors !== null){
if(_errs26){
vErrors.length = _errs26;
}
else {
vErrors = null;
}
}
}
}
if(data.subjects !== undefined){
let data8 = data.subjects;
const _errs33 = errors;
let valid17 = false;
const _errs34 = errors;
if(typeof data8 === "string"){
if(func1(data8) > 1024){
const err33 = {instancePath:instancePath+"/subjects",schemaPath:"#/properties/subjects/anyOf/0/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters",schema:1024,parentSchema:schema36.properties.subjects.anyOf[0],data:data8};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
if(func1(data8) < 1){
const err34 = {instancePath:instancePath+"/subjects",schemaPath:"#/properties/subjects/anyOf/0/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema36.properties.subjects.anyOf[0],data:data8};
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
const err35 = {instancePath:instancePath+"/subjects",schemaPath:"#/properties/subjects/anyOf/0/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema36.properties.subjects.anyOf[0].type,parentSchema:schema36.properties.subjects.anyOf[0],data:data8};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
var _valid3 = _errs34 === errors;
valid17 = valid17 || _valid3;
const _errs36 = errors;
if(Array.isArray(data8)){
if(data8.length > 10000){
const err36 = {instancePath:instancePath+"/subjects",schemaPath:"#/properties/subjects/anyOf/1/maxItems",keyword:"maxItems",params:{limit: 10000},message:"must NOT have more than 10000 items",schema:10000,parentSchema:schema36.properties.subjects.anyOf[1],data:data8};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
if(data8.length < 1){
const err37 = {instancePath:instancePath+"/subjects",schemaPath:"#/properties/subjects/anyOf/1/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema36.properties.subjects.anyOf[1],data:data8};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
const len3 = data8.length;
for(let i6=0; i6<len3; i6++){
let data9 = data8[i6];
if(typeof data9 === "string"){
if(func1(data9) > 1024){
const err38 = {instancePath:instancePath+"/subjects/" + i6,schemaPath:"#/properties/subjects/anyOf/1/items/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters",schema:1024,parentSchema:schema36.properties.subjects.anyOf[1].items,data:data9};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
if(func1(data9) < 1){
const err39 = {instancePath:instancePath+"/subjects/" + i6,schemaPath:"#/properties/subjects/anyOf/1/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema36.properties.subjects.anyOf[1].items,data:data9};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
else {
const err40 = {instancePath:instancePath+"/subjects/" + i6,schemaPath:"#/properties/subjects/anyOf/1/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema36.properties.subjects.anyOf[1].items.type,parentSchema:schema36.properties.subjects.anyOf[1].items,data:data9};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
let i7 = data8.length;
let j3;
if(i7 > 1){
const indices3 = {};
for(;i7--;){
let item3 = data8[i7];
if(typeof item3 !== "string"){
continue;
}
if(typeof indices3[item3] == "number"){
j3 = indices3[item3];
const err41 = {instancePath:instancePath+"/subjects",schemaPath:"#/properties/subjects/anyOf/1/uniqueItems",keyword:"uniqueItems",params:{i: i7, j: j3},message:"must NOT have duplicate items (items ## "+j3+" and "+i7+" are identical)",schema:true,parentSchema:schema36.properties.subjects.anyOf[1],data:data8};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
break;
}
indices3[item3] = i7;
}
}
}
else {
const err42 = {instancePath:instancePath+"/subjects",schemaPath:"#/properties/subjects/anyOf/1/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema36.properties.subjects.anyOf[1].type,parentSchema:schema36.properties.subjects.anyOf[1],data:data8};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
var _valid3 = _errs36 === errors;
valid17 = valid17 || _valid3;
if(!valid17){
const err43 = {instancePath:instancePath+"/subjects",schemaPath:"#/properties/subjects/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema36.properties.subjects.anyOf,parentSchema:schema36.properties.subjects,data:data8};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
else {
errors = _errs33;
if(vErrors !== null){
if(_errs33){
vErrors.length = _errs33;
}
else {
vErrors = null;
}
}
}
}
if(data.subject_type !== undefined){
let data10 = data.subject_type;
if(typeof data10 === "string"){
if(func1(data10) > 128){
const err44 = {instancePath:instancePath+"/subject_type",schemaPath:"#/properties/subject_type/maxLength",keyword:"maxLength",params:{limit: 128},message:"must NOT have more than 128 characters",schema:128,parentSchema:schema36.properties.subject_type,data:data10};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
if(func1(data10) < 1){
const err45 = {instancePath:instancePath+"/subject_type",schemaPath:"#/properties/subject_type/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema36.properties.subject_type,data:data10};
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
const err46 = {instancePath:instancePath+"/subject_type",schemaPath:"#/properties/subject_type/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema36.properties.subject_type.type,parentSchema:schema36.properties.subject_type,data:data10};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
if(data.groups !== undefined){
let data11 = data.groups;
const _errs43 = errors;
let valid21 = false;
const _errs44 = errors;
if(typeof data11 === "string"){
if(func1(data11) > 1024){
const err47 = {instancePath:instancePath+"/groups",schemaPath:"#/properties/groups/anyOf/0/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters",schema:1024,parentSchema:schema36.properties.groups.anyOf[0],data:data11};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
if(func1(data11) < 1){
const err48 = {instancePath:instancePath+"/groups",schemaPath:"#/properties/groups/anyOf/0/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema36.properties.groups.anyOf[0],data:data11};
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
const err49 = {instancePath:instancePath+"/groups",schemaPath:"#/properties/groups/anyOf/0/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema36.properties.groups.anyOf[0].type,parentSchema:schema36.properties.groups.anyOf[0],data:data11};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
var _valid4 = _errs44 === errors;
valid21 = valid21 || _valid4;
const _errs46 = errors;
if(Array.isArray(data11)){
if(data11.length > 10000){
const err50 = {instancePath:instancePath+"/groups",schemaPath:"#/properties/groups/anyOf/1/maxItems",keyword:"maxItems",params:{limit: 10000},message:"must NOT have more than 10000 items",schema:10000,parentSchema:schema36.properties.groups.anyOf[1],data:data11};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
if(data11.length < 1){
const err51 = {instancePath:instancePath+"/groups",schemaPath:"#/properties/groups/anyOf/1/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema36.properties.groups.anyOf[1],data:data11};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
const len4 = data11.length;
for(let i8=0; i8<len4; i8++){
let data12 = data11[i8];
if(typeof data12 === "string"){
if(func1(data12) > 1024){
const err52 = {instancePath:instancePath+"/groups/" + i8,schemaPath:"#/properties/groups/anyOf/1/items/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters",schema:1024,parentSchema:schema36.properties.groups.anyOf[1].items,data:data12};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
if(func1(data12) < 1){
const err53 = {instancePath:instancePath+"/groups/" + i8,schemaPath:"#/properties/groups/anyOf/1/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema36.properties.groups.anyOf[1].items,data:data12};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
}
else {
const err54 = {instancePath:instancePath+"/groups/" + i8,schemaPath:"#/properties/groups/anyOf/1/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema36.properties.groups.anyOf[1].items.type,parentSchema:schema36.properties.groups.anyOf[1].items,data:data12};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
let i9 = data11.length;
let j4;
if(i9 > 1){
const indices4 = {};
for(;i9--;){
let item4 = data11[i9];
if(typeof item4 !== "string"){
continue;
}
if(typeof indices4[item4] == "number"){
j4 = indices4[item4];
const err55 = {instancePath:instancePath+"/groups",schemaPath:"#/properties/groups/anyOf/1/uniqueItems",keyword:"uniqueItems",params:{i: i9, j: j4},message:"must NOT have duplicate items (items ## "+j4+" and "+i9+" are identical)",schema:true,parentSchema:schema36.properties.groups.anyOf[1],data:data11};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
break;
}
indices4[item4] = i9;
}
}
}
else {
const err56 = {instancePath:instancePath+"/groups",schemaPath:"#/properties/groups/anyOf/1/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema36.properties.groups.anyOf[1].type,parentSchema:schema36.properties.groups.anyOf[1],data:data11};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
var _valid4 = _errs46 === errors;
valid21 = valid21 || _valid4;
if(!valid21){
const err57 = {instancePath:instancePath+"/groups",schemaPath:"#/properties/groups/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema36.properties.groups.anyOf,parentSchema:schema36.properties.groups,data:data11};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
else {
errors = _errs43;
if(vErrors !== null){
if(_errs43){
vErrors.length = _errs43;
}
else {
vErrors = null;
}
}
}
}
if(data.roles !== undefined){
let data13 = data.roles;
const _errs51 = errors;
let valid25 = false;
const _errs52 = errors;
if(typeof data13 === "string"){
if(func1(data13) > 128){
const err58 = {instancePath:instancePath+"/roles",schemaPath:"#/properties/roles/anyOf/0/maxLength",keyword:"maxLength",params:{limit: 128},message:"must NOT have more than 128 characters",schema:128,parentSchema:schema36.properties.roles.anyOf[0],data:data13};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
if(func1(data13) < 1){
const err59 = {instancePath:instancePath+"/roles",schemaPath:"#/properties/roles/anyOf/0/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema36.properties.roles.anyOf[0],data:data13};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
}
else {
const err60 = {instancePath:instancePath+"/roles",schemaPath:"#/properties/roles/anyOf/0/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema36.properties.roles.anyOf[0].type,parentSchema:schema36.properties.roles.anyOf[0],data:data13};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
var _valid5 = _errs52 === errors;
valid25 = valid25 || _valid5;
const _errs54 = errors;
if(Array.isArray(data13)){
if(data13.length > 10000){
const err61 = {instancePath:instancePath+"/roles",schemaPath:"#/properties/roles/anyOf/1/maxItems",keyword:"maxItems",params:{limit: 10000},message:"must NOT have more than 10000 items",schema:10000,parentSchema:schema36.properties.roles.anyOf[1],data:data13};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
if(data13.length < 1){
const err62 = {instancePath:instancePath+"/roles",schemaPath:"#/properties/roles/anyOf/1/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema36.properties.roles.anyOf[1],data:data13};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
const len5 = data13.length;
for(let i10=0; i10<len5; i10++){
let data14 = data13[i10];
if(typeof data14 === "string"){
if(func1(data14) > 128){
const err63 = {instancePath:instancePath+"/roles/" + i10,schemaPath:"#/properties/roles/anyOf/1/items/maxLength",keyword:"maxLength",params:{limit: 128},message:"must NOT have more than 128 characters",schema:128,parentSchema:schema36.properties.roles.anyOf[1].items,data:data14};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
if(func1(data14) < 1){
const err64 = {instancePath:instancePath+"/roles/" + i10,schemaPath:"#/properties/roles/anyOf/1/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema36.properties.roles.anyOf[1].items,data:data14};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
}
else {
const err65 = {instancePath:instancePath+"/roles/" + i10,schemaPath:"#/properties/roles/anyOf/1/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema36.properties.roles.anyOf[1].items.type,parentSchema:schema36.properties.roles.anyOf[1].items,data:data14};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
}
let i11 = data13.length;
let j5;
if(i11 > 1){
const indices5 = {};
for(;i11--;){
let item5 = data13[i11];
if(typeof item5 !== "string"){
continue;
}
if(typeof indices5[item5] == "number"){
j5 = indices5[item5];
const err66 = {instancePath:instancePath+"/roles",schemaPath:"#/properties/roles/anyOf/1/uniqueItems",keyword:"uniqueItems",params:{i: i11, j: j5},message:"must NOT have duplicate items (items ## "+j5+" and "+i11+" are identical)",schema:true,parentSchema:schema36.properties.roles.anyOf[1],data:data13};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
break;
}
indices5[item5] = i11;
}
}
}
else {
const err67 = {instancePath:instancePath+"/roles",schemaPath:"#/properties/roles/anyOf/1/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema36.properties.roles.anyOf[1].type,parentSchema:schema36.properties.roles.anyOf[1],data:data13};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
var _valid5 = _errs54 === errors;
valid25 = valid25 || _valid5;
if(!valid25){
const err68 = {instancePath:instancePath+"/roles",schemaPath:"#/properties/roles/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema36.properties.roles.anyOf,parentSchema:schema36.properties.roles,data:data13};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
else {
errors = _errs51;
if(vErrors !== null){
if(_errs51){
vErrors.length = _errs51;
}
else {
vErrors = null;
}
}
}
}
if(data.expires !== undefined){
let data15 = data.expires;
if(typeof data15 === "string"){
if(func1(data15) > 64){
const err69 = {instancePath:instancePath+"/expires",schemaPath:"#/properties/expires/maxLength",keyword:"maxLength",params:{limit: 64},message:"must NOT have more than 64 characters",schema:64,parentSchema:schema36.properties.expires,data:data15};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
if(func1(data15) < 1){
const err70 = {instancePath:instancePath+"/expires",schemaPath:"#/properties/expires/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema36.properties.expires,data:data15};
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
const err71 = {instancePath:instancePath+"/expires",schemaPath:"#/properties/expires/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema36.properties.expires.type,parentSchema:schema36.properties.expires,data:data15};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
}
if(data.subject_type !== undefined){
if(data.subjects === undefined){
const err72 = {instancePath,schemaPath:"#/dependentRequired",keyword:"dependentRequired",params:{property: "subject_type",
    missingProperty: "subjects",
    depsCount: 1,
    deps: "subjects"},message:"must have property subjects when property subject_type is present",schema:schema36.dependentRequired,parentSchema:schema36,data};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
}
}
else {
const err73 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema36.type,parentSchema:schema36,data};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
validate21.errors = vErrors;
return errors === 0;
}
validate21.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate20(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="https://sallyport.dev/schemas/acl.schema.json" */;
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
if(data.acl === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "acl"},message:"must have required property '"+"acl"+"'",schema:schema31.required,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.entries === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "entries"},message:"must have required property '"+"entries"+"'",schema:schema31.required,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!(((((key0 === "acl") || (key0 === "version")) || (key0 === "scope")) || (key0 === "description")) || (key0 === "entries"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.acl !== undefined){
let data0 = data.acl;
if(typeof data0 === "string"){
if(!pattern4.test(data0)){
const err3 = {instancePath:instancePath+"/acl",schemaPath:"#/$defs/name/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_.:-]{0,127}$"},message:"must match pattern \""+"^[A-Za-z][A-Za-z0-9_.:-]{0,127}$"+"\"",schema:"^[A-Za-z][A-Za-z0-9_.:-]{0,127}$",parentSchema:schema32,data:data0};
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
const err4 = {instancePath:instancePath+"/acl",schemaPath:"#/$defs/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.type,parentSchema:schema32,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.version !== undefined){
let data1 = data.version;
if(typeof data1 === "string"){
if(!pattern5.test(data1)){
const err5 = {instancePath:instancePath+"/version",schemaPath:"#/$defs/version/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$"},message:"must match pattern \""+"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$"+"\"",schema:"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$",parentSchema:schema33,data:data1};
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
const err6 = {instancePath:instancePath+"/version",schemaPath:"#/$defs/version/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema33.type,parentSchema:schema33,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.scope !== undefined){
let data2 = data.scope;
if(typeof data2 === "string"){
if(!pattern6.test(data2)){
const err7 = {instancePath:instancePath+"/scope",schemaPath:"#/$defs/scope/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9][a-z0-9_-]{0,62}(\\.[a-z0-9][a-z0-9_-]{0,62}){0,7}$"},message:"must match pattern \""+"^[a-z0-9][a-z0-9_-]{0,62}(\\.[a-z0-9][a-z0-9_-]{0,62}){0,7}$"+"\"",schema:"^[a-z0-9][a-z0-9_-]{0,62}(\\.[a-z0-9][a-z0-9_-]{0,62}){0,7}$",parentSchema:schema34,data:data2};
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
const err8 = {instancePath:instancePath+"/scope",schemaPath:"#/$defs/scope/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.type,parentSchema:schema34,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.description !== undefined){
let data3 = data.description;
if(typeof data3 === "string"){
if(func1(data3) > 10000){
const err9 = {instancePath:instancePath+"/description",schemaPath:"#/$defs/prose/maxLength",keyword:"maxLength",params:{limit: 10000},message:"must NOT have more than 10000 characters",schema:10000,parentSchema:schema35,data:data3};
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
const err10 = {instancePath:instancePath+"/description",schemaPath:"#/$defs/prose/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.type,parentSchema:schema35,data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.entries !== undefined){
let data4 = data.entries;
if(Array.isArray(data4)){
if(data4.length > 100000){
const err11 = {instancePath:instancePath+"/entries",schemaPath:"#/properties/entries/maxItems",keyword:"maxItems",params:{limit: 100000},message:"must NOT have more than 100000 items",schema:100000,parentSchema:schema31.properties.entries,data:data4};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(data4.length < 1){
const err12 = {instancePath:instancePath+"/entries",schemaPath:"#/properties/entries/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema31.properties.entries,data:data4};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
if(!(validate21(data4[i0], {instancePath:instancePath+"/entries/" + i0,parentData:data4,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = joined(vErrors, validate21.errors);
errors = vErrors.length;
}
}
}
else {
const err13 = {instancePath:instancePath+"/entries",schemaPath:"#/properties/entries/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.entries.type,parentSchema:schema31.properties.entries,data:data4};
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
const err14 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.type,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
validate20.errors = vErrors;
return errors === 0;
}
validate20.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};
