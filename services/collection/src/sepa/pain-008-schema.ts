import { painTypes } from './pain-types.js';

/**
 * The schema of what we send: pain.008.001.02 narrowed to the scheme CORE and to the elements that we write, so that whatever passes here
 * passes the published schema too (a spec holds the two together where that one is at hand). A message that does not pass never leaves.
 */
export const pain008Schema = `<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns="urn:iso:std:iso:20022:tech:xsd:pain.008.001.02" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  elementFormDefault="qualified" targetNamespace="urn:iso:std:iso:20022:tech:xsd:pain.008.001.02">
  ${painTypes}
  <xs:simpleType name="Asked"><xs:restriction base="Euros"><xs:maxInclusive value="999999999.99"/></xs:restriction></xs:simpleType>
  <xs:complexType name="Instructed"><xs:simpleContent><xs:extension base="Asked"><xs:attribute name="Ccy" type="Euro" use="required"/></xs:extension></xs:simpleContent></xs:complexType>
  <xs:simpleType name="Creditor"><xs:restriction base="xs:string"><xs:pattern value="[A-Z]{2}[0-9]{2}[A-Z0-9]{3}[A-Z0-9]{1,28}"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="OtherBank"><xs:restriction base="xs:string"><xs:enumeration value="SMNDA"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="Core"><xs:restriction base="xs:string"><xs:enumeration value="CORE"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="Debit"><xs:restriction base="xs:string"><xs:enumeration value="DD"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="Scor"><xs:restriction base="xs:string"><xs:enumeration value="SCOR"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="Sequence"><xs:restriction base="xs:string">
    <xs:enumeration value="FRST"/><xs:enumeration value="RCUR"/><xs:enumeration value="FNAL"/><xs:enumeration value="OOFF"/>
  </xs:restriction></xs:simpleType>
  <xs:complexType name="FormerAgent"><xs:sequence><xs:element name="FinInstnId"><xs:complexType><xs:sequence>
    <xs:element name="Othr"><xs:complexType><xs:sequence><xs:element name="Id" type="OtherBank"/></xs:sequence></xs:complexType></xs:element>
  </xs:sequence></xs:complexType></xs:element></xs:sequence></xs:complexType>
  <xs:complexType name="Mandate"><xs:sequence>
    <xs:element name="MndtId" type="Reference"/>
    <xs:element name="DtOfSgntr" type="xs:date"/>
    <xs:sequence minOccurs="0">
      <xs:element name="AmdmntInd" type="xs:boolean"/>
      <xs:element name="AmdmntInfDtls"><xs:complexType><xs:sequence><xs:element name="OrgnlDbtrAgt" type="FormerAgent"/></xs:sequence></xs:complexType></xs:element>
    </xs:sequence>
  </xs:sequence></xs:complexType>
  <xs:complexType name="Remittance"><xs:choice>
    <xs:element name="Ustrd"><xs:simpleType><xs:restriction base="xs:string"><xs:minLength value="1"/><xs:maxLength value="140"/></xs:restriction></xs:simpleType></xs:element>
    <xs:element name="Strd"><xs:complexType><xs:sequence><xs:element name="CdtrRefInf"><xs:complexType><xs:sequence>
      <xs:element name="Tp"><xs:complexType><xs:sequence><xs:element name="CdOrPrtry"><xs:complexType><xs:sequence><xs:element name="Cd" type="Scor"/></xs:sequence></xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>
      <xs:element name="Ref"><xs:simpleType><xs:restriction base="xs:string"><xs:pattern value="RF[0-9]{2}[A-Z0-9]{1,21}"/></xs:restriction></xs:simpleType></xs:element>
    </xs:sequence></xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>
  </xs:choice></xs:complexType>
  <xs:complexType name="Transaction"><xs:sequence>
    <xs:element name="PmtId"><xs:complexType><xs:sequence><xs:element name="EndToEndId" type="Reference"/></xs:sequence></xs:complexType></xs:element>
    <xs:element name="InstdAmt" type="Instructed"/>
    <xs:element name="DrctDbtTx"><xs:complexType><xs:sequence><xs:element name="MndtRltdInf" type="Mandate"/></xs:sequence></xs:complexType></xs:element>
    <xs:element name="DbtrAgt" type="Agent"/>
    <xs:element name="Dbtr" type="Named"/>
    <xs:element name="DbtrAcct" type="Account"/>
    <xs:element name="RmtInf" type="Remittance" minOccurs="0"/>
  </xs:sequence></xs:complexType>
  <xs:complexType name="Part"><xs:sequence>
    <xs:element name="PmtInfId" type="Reference"/>
    <xs:element name="PmtMtd" type="Debit"/>
    <xs:element name="NbOfTxs" type="Count"/>
    <xs:element name="CtrlSum" type="Euros"/>
    <xs:element name="PmtTpInf"><xs:complexType><xs:sequence>
      <xs:element name="SvcLvl"><xs:complexType><xs:sequence><xs:element name="Cd" type="Sepa"/></xs:sequence></xs:complexType></xs:element>
      <xs:element name="LclInstrm"><xs:complexType><xs:sequence><xs:element name="Cd" type="Core"/></xs:sequence></xs:complexType></xs:element>
      <xs:element name="SeqTp" type="Sequence"/>
    </xs:sequence></xs:complexType></xs:element>
    <xs:element name="ReqdColltnDt" type="xs:date"/>
    <xs:element name="Cdtr" type="Named"/>
    <xs:element name="CdtrAcct" type="Account"/>
    <xs:element name="CdtrAgt" type="Agent"/>
    <xs:element name="ChrgBr" type="Shared"/>
    <xs:element name="CdtrSchmeId"><xs:complexType><xs:sequence><xs:element name="Id"><xs:complexType><xs:sequence>
      <xs:element name="PrvtId"><xs:complexType><xs:sequence><xs:element name="Othr"><xs:complexType><xs:sequence>
        <xs:element name="Id" type="Creditor"/>
        <xs:element name="SchmeNm"><xs:complexType><xs:sequence><xs:element name="Prtry" type="Sepa"/></xs:sequence></xs:complexType></xs:element>
      </xs:sequence></xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>
    </xs:sequence></xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>
    <xs:element name="DrctDbtTxInf" type="Transaction" maxOccurs="unbounded"/>
  </xs:sequence></xs:complexType>
  <xs:element name="Document"><xs:complexType><xs:sequence><xs:element name="CstmrDrctDbtInitn"><xs:complexType><xs:sequence>
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
