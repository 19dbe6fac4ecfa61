// @ts-nocheck Generated from the schema beside it by `npm run build:validators`.
import type { SchemaValidator } from '../source/validate-schema.ts'
import { equal, joined, ucs2length } from '../source/validator-functions.ts'
export const validate: SchemaValidator = validate20;
const schema31 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://sallyport.dev/schemas/routes.schema.json","title":"Sallyport routes","description":"Which request is which action on which resource, and where it is forwarded.","type":"object","additionalProperties":false,"required":["routes"],"properties":{"description":{"$ref":"#/$defs/prose"},"routes":{"description":"groups of routes that share host and upstream","type":"array","maxItems":10000,"items":{"$ref":"#/$defs/group"}}},"$defs":{"version":{"title":"a version (letters, digits, \"-\", \"_\" and \".\", starting with a letter or digit)","type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$"},"name":{"title":"a name (letters, digits, \"-\", \"_\", \".\" and \":\", starting with a letter)","type":"string","pattern":"^[A-Za-z][A-Za-z0-9_.:-]{0,127}$"},"prose":{"description":"for people","type":"string","maxLength":10000},"routeExpression":{"title":"an expression in CEL, as text","type":"string","minLength":1,"maxLength":4096},"group":{"type":"object","additionalProperties":false,"required":["upstream","paths"],"properties":{"description":{"$ref":"#/$defs/prose"},"host":{"description":"host name of the requests, or \"*.example.com\" for every name below; without it the routes hold for every host not named elsewhere","type":"string","minLength":1,"maxLength":255},"upstream":{"description":"where permitted requests go, such as http://127.0.0.1:9500","type":"string","minLength":1,"maxLength":2048},"audience":{"description":"\"aud\" of the identity token sent upstream; without it the upstream itself","type":"string","minLength":1,"maxLength":2048},"version":{"description":"the version of the resource policies that are asked; without it \"default\"","$ref":"#/$defs/version"},"scope":{"description":"the scope of the resources: an expression in CEL over the path and the host","$ref":"#/$defs/routeExpression"},"pass_token":{"description":"whether the client's own token is passed on in Authorization; without it never","type":"boolean"},"identity_headers":{"description":"whether the plain identity fields (Sallyport-Subject and others) are sent beside the identity token; without it as the configuration says","type":"boolean"},"authentication":{"description":"whether a request needs a credential: \"required\" (the default), \"optional\" (anonymous without one) or \"public\" (anonymous whatever it brings)","enum":["required","optional","public"]},"credentials":{"description":"kinds of credentials that are accepted; without it every kind that is configured","anyOf":[{"$ref":"#/$defs/credential"},{"type":"array","minItems":1,"maxItems":8,"uniqueItems":true,"items":{"title":"a kind of credential","enum":["bearer","dpop","api_key","client_certificate"]}}]},"paths":{"description":"routes by method and path, such as \"GET /expenses/{id}\"","type":"object","minProperties":1,"maxProperties":100000,"additionalProperties":{"$ref":"#/$defs/route"}}}},"route":{"type":"object","additionalProperties":false,"required":["action","resource"],"properties":{"description":{"$ref":"#/$defs/prose"},"action":{"description":"what the request does","$ref":"#/$defs/name"},"resource":{"description":"the type of resource it is about","$ref":"#/$defs/name"},"id":{"description":"which resource: an expression in CEL over path, query and request","$ref":"#/$defs/routeExpression"},"version":{"description":"the version of the resource policies that are asked; without it \"default\"","$ref":"#/$defs/version"},"scope":{"description":"the scope of the resources: an expression in CEL over the path and the host","$ref":"#/$defs/routeExpression"},"authentication":{"description":"whether a request needs a credential: \"required\" (the default), \"optional\" (anonymous without one) or \"public\" (anonymous whatever it brings)","enum":["required","optional","public"]},"credentials":{"description":"kinds of credentials that are accepted; without it every kind that is configured","anyOf":[{"$ref":"#/$defs/credential"},{"type":"array","minItems":1,"maxItems":8,"uniqueItems":true,"items":{"title":"a kind of credential","enum":["bearer","dpop","api_key","client_certificate"]}}]},"attributes":{"description":"attributes of the resource, each an expression in CEL over path, query and request","type":"object","maxProperties":100,"additionalProperties":{"$ref":"#/$defs/routeExpression"}},"pass_token":{"description":"whether the client's own token is passed on in Authorization; without it never","type":"boolean"},"identity_headers":{"description":"whether the plain identity fields (Sallyport-Subject and others) are sent beside the identity token; without it as the configuration says","type":"boolean"},"upgrade":{"description":"protocols a request may switch the connection to, such as websocket; without it none","anyOf":[{"$ref":"#/$defs/protocol"},{"type":"array","minItems":1,"maxItems":8,"items":{"$ref":"#/$defs/protocol"}}]},"limit":{"description":"how many requests the route takes, besides the limits of the configuration","type":"object","additionalProperties":false,"minProperties":1,"properties":{"address":{"description":"of one client address","$ref":"#/$defs/rate"},"subject":{"description":"of one subject","$ref":"#/$defs/rate"},"client":{"description":"of one OAuth client","$ref":"#/$defs/rate"},"all":{"description":"permitted ones of everybody together","$ref":"#/$defs/rate"}}}}},"credential":{"title":"a kind of credential","enum":["bearer","dpop","api_key","client_certificate"]},"protocol":{"title":"the name of a protocol, such as websocket","type":"string","pattern":"^[A-Za-z0-9._-]{1,32}(/[0-9.]{1,8})?$"},"rate":{"title":"a rate such as 100/m or \"100/m burst 20\"","type":"string","pattern":"^[1-9][0-9]{0,8}/[smhd]( burst [1-9][0-9]{0,8})?$"}}};
const schema32 = {"description":"for people","type":"string","maxLength":10000};
const func1 = ucs2length;
const schema33 = {"type":"object","additionalProperties":false,"required":["upstream","paths"],"properties":{"description":{"$ref":"#/$defs/prose"},"host":{"description":"host name of the requests, or \"*.example.com\" for every name below; without it the routes hold for every host not named elsewhere","type":"string","minLength":1,"maxLength":255},"upstream":{"description":"where permitted requests go, such as http://127.0.0.1:9500","type":"string","minLength":1,"maxLength":2048},"audience":{"description":"\"aud\" of the identity token sent upstream; without it the upstream itself","type":"string","minLength":1,"maxLength":2048},"version":{"description":"the version of the resource policies that are asked; without it \"default\"","$ref":"#/$defs/version"},"scope":{"description":"the scope of the resources: an expression in CEL over the path and the host","$ref":"#/$defs/routeExpression"},"pass_token":{"description":"whether the client's own token is passed on in Authorization; without it never","type":"boolean"},"identity_headers":{"description":"whether the plain identity fields (Sallyport-Subject and others) are sent beside the identity token; without it as the configuration says","type":"boolean"},"authentication":{"description":"whether a request needs a credential: \"required\" (the default), \"optional\" (anonymous without one) or \"public\" (anonymous whatever it brings)","enum":["required","optional","public"]},"credentials":{"description":"kinds of credentials that are accepted; without it every kind that is configured","anyOf":[{"$ref":"#/$defs/credential"},{"type":"array","minItems":1,"maxItems":8,"uniqueItems":true,"items":{"title":"a kind of credential","enum":["bearer","dpop","api_key","client_certificate"]}}]},"paths":{"description":"routes by method and path, such as \"GET /expenses/{id}\"","type":"object","minProperties":1,"maxProperties":100000,"additionalProperties":{"$ref":"#/$defs/route"}}}};
const schema35 = {"title":"a version (letters, digits, \"-\", \"_\" and \".\", starting with a letter or digit)","type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$"};
const schema36 = {"title":"an expression in CEL, as text","type":"string","minLength":1,"maxLength":4096};
const schema37 = {"title":"a kind of credential","enum":["bearer","dpop","api_key","client_certificate"]};
const func2 = Object.prototype.hasOwnProperty;
const func0 = equal;
const pattern4 = new RegExp("^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$", "u");
const schema38 = {"type":"object","additionalProperties":false,"required":["action","resource"],"properties":{"description":{"$ref":"#/$defs/prose"},"action":{"description":"what the request does","$ref":"#/$defs/name"},"resource":{"description":"the type of resource it is about","$ref":"#/$defs/name"},"id":{"description":"which resource: an expression in CEL over path, query and request","$ref":"#/$defs/routeExpression"},"version":{"description":"the version of the resource policies that are asked; without it \"default\"","$ref":"#/$defs/version"},"scope":{"description":"the scope of the resources: an expression in CEL over the path and the host","$ref":"#/$defs/routeExpression"},"authentication":{"description":"whether a request needs a credential: \"required\" (the default), \"optional\" (anonymous without one) or \"public\" (anonymous whatever it brings)","enum":["required","optional","public"]},"credentials":{"description":"kinds of credentials that are accepted; without it every kind that is configured","anyOf":[{"$ref":"#/$defs/credential"},{"type":"array","minItems":1,"maxItems":8,"uniqueItems":true,"items":{"title":"a kind of credential","enum":["bearer","dpop","api_key","client_certificate"]}}]},"attributes":{"description":"attributes of the resource, each an expression in CEL over path, query and request","type":"object","maxProperties":100,"additionalProperties":{"$ref":"#/$defs/routeExpression"}},"pass_token":{"description":"whether the client's own token is passed on in Authorization; without it never","type":"boolean"},"identity_headers":{"description":"whether the plain identity fields (Sallyport-Subject and others) are sent beside the identity token; without it as the configuration says","type":"boolean"},"upgrade":{"description":"protocols a request may switch the connection to, such as websocket; without it none","anyOf":[{"$ref":"#/$defs/protocol"},{"type":"array","minItems":1,"maxItems":8,"items":{"$ref":"#/$defs/protocol"}}]},"limit":{"description":"how many requests the route takes, besides the limits of the configuration","type":"object","additionalProperties":false,"minProperties":1,"properties":{"address":{"description":"of one client address","$ref":"#/$defs/rate"},"subject":{"description":"of one subject","$ref":"#/$defs/rate"},"client":{"description":"of one OAuth client","$ref":"#/$defs/rate"},"all":{"description":"permitted ones of everybody together","$ref":"#/$defs/rate"}}}}};
const schema40 = {"title":"a name (letters, digits, \"-\", \"_\", \".\" and \":\", starting with a letter)","type":"string","pattern":"^[A-Za-z][A-Za-z0-9_.:-]{0,127}$"};
const schema47 = {"title":"the name of a protocol, such as websocket","type":"string","pattern":"^[A-Za-z0-9._-]{1,32}(/[0-9.]{1,8})?$"};
const schema49 = {"title":"a rate such as 100/m or \"100/m burst 20\"","type":"string","pattern":"^[1-9][0-9]{0,8}/[smhd]( burst [1-9][0-9]{0,8})?$"};
const pattern5 = new RegExp("^[A-Za-z][A-Za-z0-9_.:-]{0,127}$", "u");
const pattern8 = new RegExp("^[A-Za-z0-9._-]{1,32}(/[0-9.]{1,8})?$", "u");
const pattern10 = new RegExp("^[1-9][0-9]{0,8}/[smhd]( burst [1-9][0-9]{0,8})?$", "u");

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
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.action === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "action"},message:"must have required property '"+"action"+"'",schema:schema38.required,parentSchema:schema38,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.resource === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "resource"},message:"must have required property '"+"resource"+"'",schema:schema38.required,parentSchema:schema38,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!(func2.call(schema38.properties, key0))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema38,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.description !== undefined){
let data0 = data.description;
if(typeof data0 === "string"){
if(func1(data0) > 10000){
const err3 = {instancePath:instancePath+"/description",schemaPath:"#/$defs/prose/maxLength",keyword:"maxLength",params:{limit: 10000},message:"must NOT have more than 10000 characters",schema:10000,parentSchema:schema32,data:data0};
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
const err4 = {instancePath:instancePath+"/description",schemaPath:"#/$defs/prose/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.type,parentSchema:schema32,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.action !== undefined){
let data1 = data.action;
if(typeof data1 === "string"){
if(!pattern5.test(data1)){
const err5 = {instancePath:instancePath+"/action",schemaPath:"#/$defs/name/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_.:-]{0,127}$"},message:"must match pattern \""+"^[A-Za-z][A-Za-z0-9_.:-]{0,127}$"+"\"",schema:"^[A-Za-z][A-Za-z0-9_.:-]{0,127}$",parentSchema:schema40,data:data1};
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
const err6 = {instancePath:instancePath+"/action",schemaPath:"#/$defs/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema40.type,parentSchema:schema40,data:data1};
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
let data2 = data.resource;
if(typeof data2 === "string"){
if(!pattern5.test(data2)){
const err7 = {instancePath:instancePath+"/resource",schemaPath:"#/$defs/name/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_.:-]{0,127}$"},message:"must match pattern \""+"^[A-Za-z][A-Za-z0-9_.:-]{0,127}$"+"\"",schema:"^[A-Za-z][A-Za-z0-9_.:-]{0,127}$",parentSchema:schema40,data:data2};
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
const err8 = {instancePath:instancePath+"/resource",schemaPath:"#/$defs/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema40.type,parentSchema:schema40,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.id !== undefined){
let data3 = data.id;
if(typeof data3 === "string"){
if(func1(data3) > 4096){
const err9 = {instancePath:instancePath+"/id",schemaPath:"#/$defs/routeExpression/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema36,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(func1(data3) < 1){
const err10 = {instancePath:instancePath+"/id",schemaPath:"#/$defs/routeExpression/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema36,data:data3};
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
const err11 = {instancePath:instancePath+"/id",schemaPath:"#/$defs/routeExpression/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema36.type,parentSchema:schema36,data:data3};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.version !== undefined){
let data4 = data.version;
if(typeof data4 === "string"){
if(!pattern4.test(data4)){
const err12 = {instancePath:instancePath+"/version",schemaPath:"#/$defs/version/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$"},message:"must match pattern \""+"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$"+"\"",schema:"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$",parentSchema:schema35,data:data4};
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
const err13 = {instancePath:instancePath+"/version",schemaPath:"#/$defs/version/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.type,parentSchema:schema35,data:data4};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.scope !== undefined){
let data5 = data.scope;
if(typeof data5 === "string"){
if(func1(data5) > 4096){
const err14 = {instancePath:instancePath+"/scope",schemaPath:"#/$defs/routeExpression/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema36,data:data5};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(func1(data5) < 1){
const err15 = {instancePath:instancePath+"/scope",schemaPath:"#/$defs/routeExpression/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema36,data:data5};
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
const err16 = {instancePath:instancePath+"/scope",schemaPath:"#/$defs/routeExpression/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema36.type,parentSchema:schema36,data:data5};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data.authentication !== undefined){
let data6 = data.authentication;
if(!(((data6 === "required") || (data6 === "optional")) || (data6 === "public"))){
const err17 = {instancePath:instancePath+"/authentication",schemaPath:"#/properties/authentication/enum",keyword:"enum",params:{allowedValues: schema38.properties.authentication.enum},message:"must be equal to one of the allowed values",schema:schema38.properties.authentication.enum,parentSchema:schema38.properties.authentication,data:data6};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data.credentials !== undefined){
let data7 = data.credentials;
const _errs22 = errors;
let valid7 = false;
const _errs23 = errors;
if(!((((data7 === "bearer") || (data7 === "dpop")) || (data7 === "api_key")) || (data7 === "client_certificate"))){
const err18 = {instancePath:instancePath+"/credentials",schemaPath:"#/$defs/credential/enum",keyword:"enum",params:{allowedValues: schema37.enum},message:"must be equal to one of the allowed values",schema:schema37.enum,parentSchema:schema37,data:data7};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
var _valid0 = _errs23 === errors;
valid7 = valid7 || _valid0;
const _errs25 = errors;
if(Array.isArray(data7)){
if(data7.length > 8){
const err19 = {instancePath:instancePath+"/credentials",schemaPath:"#/properties/credentials/anyOf/1/maxItems",keyword:"maxItems",params:{limit: 8},message:"must NOT have more than 8 items",schema:8,parentSchema:schema38.properties.credentials.anyOf[1],data:data7};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if(data7.length < 1){
const err20 = {instancePath:instancePath+"/credentials",schemaPath:"#/properties/credentials/anyOf/1/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema38.properties.credentials.anyOf[1],data:data7};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
const len0 = data7.length;
for(let i0=0; i0<len0; i0++){
let data8 = data7[i0];
if(!((((data8 === "bearer") || (data8 === "dpop")) || (data8 === "api_key")) || (data8 === "client_certificate"))){
const err21 = {instancePath:instancePath+"/credentials/" + i0,schemaPath:"#/properties/credentials/anyOf/1/items/enum",keyword:"enum",params:{allowedValues: schema38.properties.credentials.anyOf[1].items.enum},message:"must be equal to one of the allowed values",schema:schema38.properties.credentials.anyOf[1].items.enum,parentSchema:schema38.properties.credentials.anyOf[1].items,data:data8};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
let i1 = data7.length;
let j0;
if(i1 > 1){
outer0:
for(;i1--;){
for(j0 = i1; j0--;){
if(func0(data7[i1], data7[j0])){
const err22 = {instancePath:instancePath+"/credentials",schemaPath:"#/properties/credentials/anyOf/1/uniqueItems",keyword:"uniqueItems",params:{i: i1, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i1+" are identical)",schema:true,parentSchema:schema38.properties.credentials.anyOf[1],data:data7};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
break outer0;
}
}
}
}
}
else {
const err23 = {instancePath:instancePath+"/credentials",schemaPath:"#/properties/credentials/anyOf/1/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema38.properties.credentials.anyOf[1].type,parentSchema:schema38.properties.credentials.anyOf[1],data:data7};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
var _valid0 = _errs25 === errors;
valid7 = valid7 || _valid0;
if(!valid7){
const err24 = {instancePath:instancePath+"/credentials",schemaPath:"#/properties/credentials/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema38.properties.credentials.anyOf,parentSchema:schema38.properties.credentials,data:data7};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
else {
errors = _errs22;
if(vErrors !== null){
if(_errs22){
vErrors.length = _errs22;
}
else {
vErrors = null;
}
}
}
}
if(data.attributes !== undefined){
let data9 = data.attributes;
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
if(Object.keys(data9).length > 100){
const err25 = {instancePath:instancePath+"/attributes",schemaPath:"#/properties/attributes/maxProperties",keyword:"maxProperties",params:{limit: 100},message:"must NOT have more than 100 properties",schema:100,parentSchema:schema38.properties.attributes,data:data9};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
for(const key1 in data9){
let data10 = data9[key1];
if(typeof data10 === "string"){
if(func1(data10) > 4096){
const err26 = {instancePath:instancePath+"/attributes/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/routeExpression/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema36,data:data10};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
if(func1(data10) < 1){
const err27 = {instancePath:instancePath+"/attributes/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/routeExpression/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema36,data:data10};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
else {
const err28 = {instancePath:instancePath+"/attributes/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/routeExpression/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema36.type,parentSchema:schema36,data:data10};
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
const err29 = {instancePath:instancePath+"/attributes",schemaPath:"#/properties/attributes/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema38.properties.attributes.type,parentSchema:schema38.properties.attributes,data:data9};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
if(data.pass_token !== undefined){
let data11 = data.pass_token;
if(typeof data11 !== "boolean"){
const err30 = {instancePath:instancePath+"/pass_token",schemaPath:"#/properties/pass_token/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema38.properties.pass_token.type,parentSchema:schema38.properties.pass_token,data:data11};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
if(data.identity_headers !== undefined){
let data12 = data.identity_headers;
if(typeof data12 !== "boolean"){
const err31 = {instancePath:instancePath+"/identity_headers",schemaPath:"#/properties/identity_headers/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema38.properties.identity_headers.type,parentSchema:schema38.properties.identity_headers,data:data12};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
if(data.upgrade !== undefined){
let data13 = data.upgrade;
const _errs39 = errors;
let valid14 = false;
const _errs40 = errors;
if(typeof data13 === "string"){
if(!pattern8.test(data13)){
const err32 = {instancePath:instancePath+"/upgrade",schemaPath:"#/$defs/protocol/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9._-]{1,32}(/[0-9.]{1,8})?$"},message:"must match pattern \""+"^[A-Za-z0-9._-]{1,32}(/[0-9.]{1,8})?$"+"\"",schema:"^[A-Za-z0-9._-]{1,32}(/[0-9.]{1,8})?$",parentSchema:schema47,data:data13};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
else {
const err33 = {instancePath:instancePath+"/upgrade",schemaPath:"#/$defs/protocol/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema47.type,parentSchema:schema47,data:data13};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
var _valid1 = _errs40 === errors;
valid14 = valid14 || _valid1;
const _errs43 = errors;
if(Array.isArray(data13)){
if(data13.length > 8){
const err34 = {instancePath:instancePath+"/upgrade",schemaPath:"#/properties/upgrade/anyOf/1/maxItems",keyword:"maxItems",params:{limit: 8},message:"must NOT have more than 8 items",schema:8,parentSchema:schema38.properties.upgrade.anyOf[1],data:data13};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
if(data13.length < 1){
const err35 = {instancePath:instancePath+"/upgrade",schemaPath:"#/properties/upgrade/anyOf/1/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema38.properties.upgrade.anyOf[1],data:data13};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
const len1 = data13.length;
for(let i2=0; i2<len1; i2++){
let data14 = data13[i2];
if(typeof data14 === "string"){
if(!pattern8.test(data14)){
const err36 = {instancePath:instancePath+"/upgrade/" + i2,schemaPath:"#/$defs/protocol/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9._-]{1,32}(/[0-9.]{1,8})?$"},message:"must match pattern \""+"^[A-Za-z0-9._-]{1,32}(/[0-9.]{1,8})?$"+"\"",schema:"^[A-Za-z0-9._-]{1,32}(/[0-9.]{1,8})?$",parentSchema:schema47,data:data14};
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
const err37 = {instancePath:instancePath+"/upgrade/" + i2,schemaPath:"#/$defs/protocol/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema47.type,parentSchema:schema47,data:data14};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
}
else {
const err38 = {instancePath:instancePath+"/upgrade",schemaPath:"#/properties/upgrade/anyOf/1/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema38.properties.upgrade.anyOf[1].type,parentSchema:schema38.properties.upgrade.anyOf[1],data:data13};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
var _valid1 = _errs43 === errors;
valid14 = valid14 || _valid1;
if(!valid14){
const err39 = {instancePath:instancePath+"/upgrade",schemaPath:"#/properties/upgrade/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema38.properties.upgrade.anyOf,parentSchema:schema38.properties.upgrade,data:data13};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
else {
errors = _errs39;
if(vErrors !== null){
if(_errs39){
vErrors.length = _errs39;
}
else {
vErrors = null;
}
}
}
}
if(data.limit !== undefined){
let data15 = data.limit;
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
if(Object.keys(data15).length < 1){
const err40 = {instancePath:instancePath+"/limit",schemaPath:"#/properties/limit/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema38.properties.limit,data:data15};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
for(const key2 in data15){
if(!((((key2 === "address") || (key2 === "subject")) || (key2 === "client")) || (key2 === "all"))){
const err41 = {instancePath:instancePath+"/limit",schemaPath:"#/properties/limit/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema38.properties.limit,data:data15};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
if(data15.address !== undefined){
let data16 = data15.address;
if(typeof data16 === "string"){
if(!pattern10.test(data16)){
const err42 = {instancePath:instancePath+"/limit/address",schemaPath:"#/$defs/rate/pattern",keyword:"pattern",params:{pattern: "^[1-9][0-9]{0,8}/[smhd]( burst [1-9][0-9]{0,8})?$"},message:"must match pattern \""+"^[1-9][0-9]{0,8}/[smhd]( burst [1-9][0-9]{0,8})?$"+"\"",schema:"^[1-9][0-9]{0,8}/[smhd]( burst [1-9][0-9]{0,8})?$",parentSchema:schema49,data:data16};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
else {
const err43 = {instancePath:instancePath+"/limit/address",schemaPath:"#/$defs/rate/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema49.type,parentSchema:schema49,data:data16};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
if(data15.subject !== undefined){
let data17 = data15.subject;
if(typeof data17 === "string"){
if(!pattern10.test(data17)){
const err44 = {instancePath:instancePath+"/limit/subject",schemaPath:"#/$defs/rate/pattern",keyword:"pattern",params:{pattern: "^[1-9][0-9]{0,8}/[smhd]( burst [1-9][0-9]{0,8})?$"},message:"must match pattern \""+"^[1-9][0-9]{0,8}/[smhd]( burst [1-9][0-9]{0,8})?$"+"\"",schema:"^[1-9][0-9]{0,8}/[smhd]( burst [1-9][0-9]{0,8})?$",parentSchema:schema49,data:data17};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
else {
const err45 = {instancePath:instancePath+"/limit/subject",schemaPath:"#/$defs/rate/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema49.type,parentSchema:schema49,data:data17};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
if(data15.client !== undefined){
let data18 = data15.client;
if(typeof data18 === "string"){
if(!pattern10.test(data18)){
const err46 = {instancePath:instancePath+"/limit/client",schemaPath:"#/$defs/rate/pattern",keyword:"pattern",params:{pattern: "^[1-9][0-9]{0,8}/[smhd]( burst [1-9][0-9]{0,8})?$"},message:"must match pattern \""+"^[1-9][0-9]{0,8}/[smhd]( burst [1-9][0-9]{0,8})?$"+"\"",schema:"^[1-9][0-9]{0,8}/[smhd]( burst [1-9][0-9]{0,8})?$",parentSchema:schema49,data:data18};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
else {
const err47 = {instancePath:instancePath+"/limit/client",schemaPath:"#/$defs/rate/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema49.type,parentSchema:schema49,data:data18};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
if(data15.all !== undefined){
let data19 = data15.all;
if(typeof data19 === "string"){
if(!pattern10.test(data19)){
const err48 = {instancePath:instancePath+"/limit/all",schemaPath:"#/$defs/rate/pattern",keyword:"pattern",params:{pattern: "^[1-9][0-9]{0,8}/[smhd]( burst [1-9][0-9]{0,8})?$"},message:"must match pattern \""+"^[1-9][0-9]{0,8}/[smhd]( burst [1-9][0-9]{0,8})?$"+"\"",schema:"^[1-9][0-9]{0,8}/[smhd]( burst [1-9][0-9]{0,8})?$",parentSchema:schema49,data:data19};
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
const err49 = {instancePath:instancePath+"/limit/all",schemaPath:"#/$defs/rate/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema49.type,parentSchema:schema49,data:data19};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
}
else {
const err50 = {instancePath:instancePath+"/limit",schemaPath:"#/properties/limit/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema38.properties.limit.type,parentSchema:schema38.properties.limit,data:data15};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
}
else {
const err51 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema38.type,parentSchema:schema38,data};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
validate22.errors = vErrors;
return errors === 0;
}
validate22.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


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
if(data.upstream === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "upstream"},message:"must have required property '"+"upstream"+"'",schema:schema33.required,parentSchema:schema33,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.paths === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "paths"},message:"must have required property '"+"paths"+"'",schema:schema33.required,parentSchema:schema33,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!(func2.call(schema33.properties, key0))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema33,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.description !== undefined){
let data0 = data.description;
if(typeof data0 === "string"){
if(func1(data0) > 10000){
const err3 = {instancePath:instancePath+"/description",schemaPath:"#/$defs/prose/maxLength",keyword:"maxLength",params:{limit: 10000},message:"must NOT have more than 10000 characters",schema:10000,parentSchema:schema32,data:data0};
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
const err4 = {instancePath:instancePath+"/description",schemaPath:"#/$defs/prose/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.type,parentSchema:schema32,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.host !== undefined){
let data1 = data.host;
if(typeof data1 === "string"){
if(func1(data1) > 255){
const err5 = {instancePath:instancePath+"/host",schemaPath:"#/properties/host/maxLength",keyword:"maxLength",params:{limit: 255},message:"must NOT have more than 255 characters",schema:255,parentSchema:schema33.properties.host,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(func1(data1) < 1){
const err6 = {instancePath:instancePath+"/host",schemaPath:"#/properties/host/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema33.properties.host,data:data1};
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
const err7 = {instancePath:instancePath+"/host",schemaPath:"#/properties/host/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema33.properties.host.type,parentSchema:schema33.properties.host,data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.upstream !== undefined){
let data2 = data.upstream;
if(typeof data2 === "string"){
if(func1(data2) > 2048){
const err8 = {instancePath:instancePath+"/upstream",schemaPath:"#/properties/upstream/maxLength",keyword:"maxLength",params:{limit: 2048},message:"must NOT have more than 2048 characters",schema:2048,parentSchema:schema33.properties.upstream,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(func1(data2) < 1){
const err9 = {instancePath:instancePath+"/upstream",schemaPath:"#/properties/upstream/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema33.properties.upstream,data:data2};
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
const err10 = {instancePath:instancePath+"/upstream",schemaPath:"#/properties/upstream/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema33.properties.upstream.type,parentSchema:schema33.properties.upstream,data:data2};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.audience !== undefined){
let data3 = data.audience;
if(typeof data3 === "string"){
if(func1(data3) > 2048){
const err11 = {instancePath:instancePath+"/audience",schemaPath:"#/properties/audience/maxLength",keyword:"maxLength",params:{limit: 2048},message:"must NOT have more than 2048 characters",schema:2048,parentSchema:schema33.properties.audience,data:data3};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(func1(data3) < 1){
const err12 = {instancePath:instancePath+"/audience",schemaPath:"#/properties/audience/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema33.properties.audience,data:data3};
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
const err13 = {instancePath:instancePath+"/audience",schemaPath:"#/properties/audience/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema33.properties.audience.type,parentSchema:schema33.properties.audience,data:data3};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.version !== undefined){
let data4 = data.version;
if(typeof data4 === "string"){
if(!pattern4.test(data4)){
const err14 = {instancePath:instancePath+"/version",schemaPath:"#/$defs/version/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$"},message:"must match pattern \""+"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$"+"\"",schema:"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$",parentSchema:schema35,data:data4};
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
const err15 = {instancePath:instancePath+"/version",schemaPath:"#/$defs/version/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.type,parentSchema:schema35,data:data4};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data.scope !== undefined){
let data5 = data.scope;
if(typeof data5 === "string"){
if(func1(data5) > 4096){
const err16 = {instancePath:instancePath+"/scope",schemaPath:"#/$defs/routeExpression/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema36,data:data5};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if(func1(data5) < 1){
const err17 = {instancePath:instancePath+"/scope",schemaPath:"#/$defs/routeExpression/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema36,data:data5};
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
const err18 = {instancePath:instancePath+"/scope",schemaPath:"#/$defs/routeExpression/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema36.type,parentSchema:schema36,data:data5};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data.pass_token !== undefined){
let data6 = data.pass_token;
if(typeof data6 !== "boolean"){
const err19 = {instancePath:instancePath+"/pass_token",schemaPath:"#/properties/pass_token/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema33.properties.pass_token.type,parentSchema:schema33.properties.pass_token,data:data6};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data.identity_headers !== undefined){
let data7 = data.identity_headers;
if(typeof data7 !== "boolean"){
const err20 = {instancePath:instancePath+"/identity_headers",schemaPath:"#/properties/identity_headers/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema33.properties.identity_headers.type,parentSchema:schema33.properties.identity_headers,data:data7};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data.authentication !== undefined){
let data8 = data.authentication;
if(!(((data8 === "required") || (data8 === "optional")) || (data8 === "public"))){
const err21 = {instancePath:instancePath+"/authentication",schemaPath:"#/properties/authentication/enum",keyword:"enum",params:{allowedValues: schema33.properties.authentication.enum},message:"must be equal to one of the allowed values",schema:schema33.properties.authentication.enum,parentSchema:schema33.properties.authentication,data:data8};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data.credentials !== undefined){
let data9 = data.credentials;
const _errs23 = errors;
let valid4 = false;
const _errs24 = errors;
if(!((((data9 === "bearer") || (data9 === "dpop")) || (data9 === "api_key")) || (data9 === "client_certificate"))){
const err22 = {instancePath:instancePath+"/credentials",schemaPath:"#/$defs/credential/enum",keyword:"enum",params:{allowedValues: schema37.enum},message:"must be equal to one of the allowed values",schema:schema37.enum,parentSchema:schema37,data:data9};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
var _valid0 = _errs24 === errors;
valid4 = valid4 || _valid0;
const _errs26 = errors;
if(Array.isArray(data9)){
if(data9.length > 8){
const err23 = {instancePath:instancePath+"/credentials",schemaPath:"#/properties/credentials/anyOf/1/maxItems",keyword:"maxItems",params:{limit: 8},message:"must NOT have more than 8 items",schema:8,parentSchema:schema33.properties.credentials.anyOf[1],data:data9};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
if(data9.length < 1){
const err24 = {instancePath:instancePath+"/credentials",schemaPath:"#/properties/credentials/anyOf/1/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema33.properties.credentials.anyOf[1],data:data9};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
const len0 = data9.length;
for(let i0=0; i0<len0; i0++){
let data10 = data9[i0];
if(!((((data10 === "bearer") || (data10 === "dpop")) || (data10 === "api_key")) || (data10 === "client_certificate"))){
const err25 = {instancePath:instancePath+"/credentials/" + i0,schemaPath:"#/properties/credentials/anyOf/1/items/enum",keyword:"enum",params:{allowedValues: schema33.properties.credentials.anyOf[1].items.enum},message:"must be equal to one of the allowed values",schema:schema33.properties.credentials.anyOf[1].items.enum,parentSchema:schema33.properties.credentials.anyOf[1].items,data:data10};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
let i1 = data9.length;
let j0;
if(i1 > 1){
outer0:
for(;i1--;){
for(j0 = i1; j0--;){
if(func0(data9[i1], data9[j0])){
const err26 = {instancePath:instancePath+"/credentials",schemaPath:"#/properties/credentials/anyOf/1/uniqueItems",keyword:"uniqueItems",params:{i: i1, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i1+" are identical)",schema:true,parentSchema:schema33.properties.credentials.anyOf[1],data:data9};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
break outer0;
}
}
}
}
}
else {
const err27 = {instancePath:instancePath+"/credentials",schemaPath:"#/properties/credentials/anyOf/1/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema33.properties.credentials.anyOf[1].type,parentSchema:schema33.properties.credentials.anyOf[1],data:data9};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
var _valid0 = _errs26 === errors;
valid4 = valid4 || _valid0;
if(!valid4){
const err28 = {instancePath:instancePath+"/credentials",schemaPath:"#/properties/credentials/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema33.properties.credentials.anyOf,parentSchema:schema33.properties.credentials,data:data9};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
else {
errors = _errs23;
if(vErrors !== null){
if(_errs23){
vErrors.length = _errs23;
}
else {
vErrors = null;
}
}
}
}
if(data.paths !== undefined){
let data11 = data.paths;
if(data11 && typeof data11 == "object" && !Array.isArray(data11)){
if(Object.keys(data11).length > 100000){
const err29 = {instancePath:instancePath+"/paths",schemaPath:"#/properties/paths/maxProperties",keyword:"maxProperties",params:{limit: 100000},message:"must NOT have more than 100000 properties",schema:100000,parentSchema:schema33.properties.paths,data:data11};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
if(Object.keys(data11).length < 1){
const err30 = {instancePath:instancePath+"/paths",schemaPath:"#/properties/paths/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema33.properties.paths,data:data11};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
for(const key1 in data11){
if(!(validate22(data11[key1], {instancePath:instancePath+"/paths/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data11,parentDataProperty:key1,rootData,dynamicAnchors}))){
vErrors = joined(vErrors, validate22.errors);
errors = vErrors.length;
}
}
}
else {
const err31 = {instancePath:instancePath+"/paths",schemaPath:"#/properties/paths/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema33.properties.paths.type,parentSchema:schema33.properties.paths,data:data11};
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
const err32 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema33.type,parentSchema:schema33,data};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
validate21.errors = vErrors;
return errors === 0;
}
validate21.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate20(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="https://sallyport.dev/schemas/routes.schema.json" */;
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
if(data.routes === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "routes"},message:"must have required property '"+"routes"+"'",schema:schema31.required,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((key0 === "description") || (key0 === "routes"))){
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
if(data.routes !== undefined){
let data1 = data.routes;
if(Array.isArray(data1)){
if(data1.length > 10000){
const err4 = {instancePath:instancePath+"/routes",schemaPath:"#/properties/routes/maxItems",keyword:"maxItems",params:{limit: 10000},message:"must NOT have more than 10000 items",schema:10000,parentSchema:schema31.properties.routes,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
if(!(validate21(data1[i0], {instancePath:instancePath+"/routes/" + i0,parentData:data1,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = joined(vErrors, validate21.errors);
errors = vErrors.length;
}
}
}
else {
const err5 = {instancePath:instancePath+"/routes",schemaPath:"#/properties/routes/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.routes.type,parentSchema:schema31.properties.routes,data:data1};
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
const err6 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.type,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
validate20.errors = vErrors;
return errors === 0;
}
validate20.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};
