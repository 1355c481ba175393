import { painTypes } from './pain-types.js';

/**
 * The schema of what we send: pain.001.001.03 narrowed to SEPA transfers and to the elements that we write, so that whatever passes here
 * passes the published schema too (a spec holds the two together where that one is at hand). A message that does not pass never leaves.
 */
export const pain001Schema = `<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  elementFormDefault="qualified" targetNamespace="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03">
  ${painTypes}
  <xs:simpleType name="Label"><xs:restriction base="xs:string"><xs:pattern value="[A-Za-z0-9/\\-?:().,'+ ]{1,140}"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="Given"><xs:restriction base="Euros"><xs:maxInclusive value="999999999.99"/></xs:restriction></xs:simpleType>
  <xs:complexType name="Instructed"><xs:simpleContent><xs:extension base="Given"><xs:attribute name="Ccy" type="Euro" use="required"/></xs:extension></xs:simpleContent></xs:complexType>
  <xs:simpleType name="Transfer"><xs:restriction base="xs:string"><xs:enumeration value="TRF"/></xs:restriction></xs:simpleType>
  <xs:complexType name="Transaction"><xs:sequence>
    <xs:element name="PmtId"><xs:complexType><xs:sequence><xs:element name="EndToEndId" type="Reference"/></xs:sequence></xs:complexType></xs:element>
    <xs:element name="Amt"><xs:complexType><xs:sequence><xs:element name="InstdAmt" type="Instructed"/></xs:sequence></xs:complexType></xs:element>
    <xs:element name="CdtrAgt" type="Agent" minOccurs="0"/>
    <xs:element name="Cdtr" type="Named"/>
    <xs:element name="CdtrAcct" type="Account"/>
    <xs:element name="RmtInf"><xs:complexType><xs:sequence><xs:element name="Ustrd" type="Label"/></xs:sequence></xs:complexType></xs:element>
  </xs:sequence></xs:complexType>
  <xs:complexType name="Part"><xs:sequence>
    <xs:element name="PmtInfId" type="Reference"/>
    <xs:element name="PmtMtd" type="Transfer"/>
    <xs:element name="NbOfTxs" type="Count"/>
    <xs:element name="CtrlSum" type="Euros"/>
    <xs:element name="PmtTpInf"><xs:complexType><xs:sequence>
      <xs:element name="SvcLvl"><xs:complexType><xs:sequence><xs:element name="Cd" type="Sepa"/></xs:sequence></xs:complexType></xs:element>
    </xs:sequence></xs:complexType></xs:element>
    <xs:element name="ReqdExctnDt" type="xs:date"/>
    <xs:element name="Dbtr" type="Named"/>
    <xs:element name="DbtrAcct" type="Account"/>
    <xs:element name="DbtrAgt" type="Agent"/>
    <xs:element name="ChrgBr" type="Shared"/>
    <xs:element name="CdtTrfTxInf" type="Transaction" maxOccurs="unbounded"/>
  </xs:sequence></xs:complexType>
  <xs:element name="Document"><xs:complexType><xs:sequence><xs:element name="CstmrCdtTrfInitn"><xs:complexType><xs:sequence>
    <xs:element name="GrpHdr"><xs:complexType><xs:sequence>
      <xs:element name="MsgId" type="Reference"/>
      <xs:element name="CreDtTm" type="xs:dateTime"/>
      <xs:element name="NbOfTxs" type="Count"/>
      <xs:element name="CtrlSum" type="Euros"/>
      <xs:element name="InitgPty" type="Named"/>
    </xs:sequence></xs:complexType></xs:element>
    <xs:element name="PmtInf" type="Part" maxOccurs="unbounded"/>
  </xs:sequence></xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>
</xs:schema>
`;
