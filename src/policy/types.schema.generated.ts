// @ts-nocheck Generated from the schema beside it by `npm run build:validators`.
import type { SchemaValidator } from '../source/validate-schema.ts'
import { equal, joined, ucs2length } from '../source/validator-functions.ts'
export const validate: SchemaValidator = validate20;
const schema31 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://sallyport.dev/schemas/types.schema.json","title":"Sallyport types","description":"What conditions may read of subjects and circumstances.","type":"object","additionalProperties":false,"required":["types"],"properties":{"description":{"$ref":"#/$defs/prose"},"types":{"description":"what is declared; what is not mentioned here stays open","type":"object","additionalProperties":false,"minProperties":1,"properties":{"subject":{"description":"what conditions may read of the subject, name by name, with its type","type":"object","maxProperties":1000,"propertyNames":{"title":"an attribute name (letters, digits and \"_\", not starting with a digit)","pattern":"^[A-Za-z_][A-Za-z0-9_]{0,63}$"},"additionalProperties":{"title":"a type such as string, int, double, bool, timestamp or list<string>","type":"string","minLength":1,"maxLength":200}},"context":{"description":"what conditions may read of the circumstances besides what the gateway gives","type":"object","maxProperties":1000,"propertyNames":{"title":"an attribute name (letters, digits and \"_\", not starting with a digit)","pattern":"^[A-Za-z_][A-Za-z0-9_]{0,63}$"},"additionalProperties":{"title":"a type such as string, int, double, bool, timestamp or list<string>","type":"string","minLength":1,"maxLength":200}}}}},"$defs":{"prose":{"description":"for people","type":"string","maxLength":10000}}};
const schema32 = {"description":"for people","type":"string","maxLength":10000};
const func1 = ucs2length;
const pattern4 = new RegExp("^[A-Za-z_][A-Za-z0-9_]{0,63}$", "u");

function validate20(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="https://sallyport.dev/schemas/types.schema.json" */;
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
if(data.types === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "types"},message:"must have required property '"+"types"+"'",schema:schema31.required,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((key0 === "description") || (key0 === "types"))){
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
if(data.description !== undefined){
let data0 = data.description;
if(typeof data0 === "string"){
if(func1(data0) > 10000){
const err2 = {instancePath:instancePath+"/description",schemaPath:"#/$defs/prose/maxLength",keyword:"maxLength",params:{limit: 10000},message:"must NOT have more than 10000 characters",schema:10000,parentSchema:schema32,data:data0};
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
const err3 = {instancePath:instancePath+"/description",schemaPath:"#/$defs/prose/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.type,parentSchema:schema32,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.types !== undefined){
let data1 = data.types;
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
if(Object.keys(data1).length < 1){
const err4 = {instancePath:instancePath+"/types",schemaPath:"#/properties/types/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema31.properties.types,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
for(const key1 in data1){
if(!((key1 === "subject") || (key1 === "context"))){
const err5 = {instancePath:instancePath+"/types",schemaPath:"#/properties/types/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.types,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data1.subject !== undefined){
let data2 = data1.subject;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
if(Object.keys(data2).length > 1000){
const err6 = {instancePath:instancePath+"/types/subject",schemaPath:"#/properties/types/properties/subject/maxProperties",keyword:"maxProperties",params:{limit: 1000},message:"must NOT have more than 1000 properties",schema:1000,parentSchema:schema31.properties.types.properties.subject,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
for(const key2 in data2){
const _errs10 = errors;
if(typeof key2 === "string"){
if(!pattern4.test(key2)){
const err7 = {instancePath:instancePath+"/types/subject",schemaPath:"#/properties/types/properties/subject/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_]{0,63}$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_]{0,63}$"+"\"",schema:"^[A-Za-z_][A-Za-z0-9_]{0,63}$",parentSchema:schema31.properties.types.properties.subject.propertyNames,data:key2,propertyName:key2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
var valid3 = _errs10 === errors;
if(!valid3){
const err8 = {instancePath:instancePath+"/types/subject",schemaPath:"#/properties/types/properties/subject/propertyNames",keyword:"propertyNames",params:{propertyName: key2},message:"property name must be valid",schema:schema31.properties.types.properties.subject.propertyNames,parentSchema:schema31.properties.types.properties.subject,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
for(const key3 in data2){
let data3 = data2[key3];
if(typeof data3 === "string"){
if(func1(data3) > 200){
const err9 = {instancePath:instancePath+"/types/subject/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/types/properties/subject/additionalProperties/maxLength",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters",schema:200,parentSchema:schema31.properties.types.properties.subject.additionalProperties,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(func1(data3) < 1){
const err10 = {instancePath:instancePath+"/types/subject/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/types/properties/subject/additionalProperties/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.types.properties.subject.additionalProperties,data:data3};
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
const err11 = {instancePath:instancePath+"/types/subject/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/types/properties/subject/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.types.properties.subject.additionalProperties.type,parentSchema:schema31.properties.types.properties.subject.additionalProperties,data:data3};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
}
else {
const err12 = {instancePath:instancePath+"/types/subject",schemaPath:"#/properties/types/properties/subject/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.types.properties.subject.type,parentSchema:schema31.properties.types.properties.subject,data:data2};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data1.context !== undefined){
let data4 = data1.context;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
if(Object.keys(data4).length > 1000){
const err13 = {instancePath:instancePath+"/types/context",schemaPath:"#/properties/types/properties/context/maxProperties",keyword:"maxProperties",params:{limit: 1000},message:"must NOT have more than 1000 properties",schema:1000,parentSchema:schema31.properties.types.properties.context,data:data4};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
for(const key4 in data4){
const _errs16 = errors;
if(typeof key4 === "string"){
if(!pattern4.test(key4)){
const err14 = {instancePath:instancePath+"/types/context",schemaPath:"#/properties/types/properties/context/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_]{0,63}$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_]{0,63}$"+"\"",schema:"^[A-Za-z_][A-Za-z0-9_]{0,63}$",parentSchema:schema31.properties.types.properties.context.propertyNames,data:key4,propertyName:key4};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
var valid5 = _errs16 === errors;
if(!valid5){
const err15 = {instancePath:instancePath+"/types/context",schemaPath:"#/properties/types/properties/context/propertyNames",keyword:"propertyNames",params:{propertyName: key4},message:"property name must be valid",schema:schema31.properties.types.properties.context.propertyNames,parentSchema:schema31.properties.types.properties.context,data:data4};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
for(const key5 in data4){
let data5 = data4[key5];
if(typeof data5 === "string"){
if(func1(data5) > 200){
const err16 = {instancePath:instancePath+"/types/context/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/types/properties/context/additionalProperties/maxLength",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters",schema:200,parentSchema:schema31.properties.types.properties.context.additionalProperties,data:data5};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if(func1(data5) < 1){
const err17 = {instancePath:instancePath+"/types/context/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/types/properties/context/additionalProperties/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.types.properties.context.additionalProperties,data:data5};
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
const err18 = {instancePath:instancePath+"/types/context/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/types/properties/context/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.types.properties.context.additionalProperties.type,parentSchema:schema31.properties.types.properties.context.additionalProperties,data:data5};
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
const err19 = {instancePath:instancePath+"/types/context",schemaPath:"#/properties/types/properties/context/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.types.properties.context.type,parentSchema:schema31.properties.types.properties.context,data:data4};
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
const err20 = {instancePath:instancePath+"/types",schemaPath:"#/properties/types/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.types.type,parentSchema:schema31.properties.types,data:data1};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
}
else {
const err21 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.type,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
validate20.errors = vErrors;
return errors === 0;
}
validate20.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};
