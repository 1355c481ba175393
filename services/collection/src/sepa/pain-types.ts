/** What both of our messages for the bank are made of: the scheme's base types, narrowed to what we write. */
export const painTypes = `<xs:simpleType name="Reference"><xs:restriction base="xs:string">
    <xs:pattern value="[A-Za-z0-9?:().,'+\\-]([A-Za-z0-9?:().,'+ /\\-]{0,33}[A-Za-z0-9?:().,'+\\-])?"/>
  </xs:restriction></xs:simpleType>
  <xs:simpleType name="Name"><xs:restriction base="xs:string"><xs:pattern value="[A-Za-z0-9/\\-?:().,'+ ]{1,70}"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="Count"><xs:restriction base="xs:string"><xs:pattern value="[1-9][0-9]{0,14}"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="Euros"><xs:restriction base="xs:decimal">
    <xs:minInclusive value="0.01"/><xs:fractionDigits value="2"/><xs:totalDigits value="17"/>
  </xs:restriction></xs:simpleType>
  <xs:simpleType name="Euro"><xs:restriction base="xs:string"><xs:enumeration value="EUR"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="Iban"><xs:restriction base="xs:string"><xs:pattern value="[A-Z]{2}[0-9]{2}[a-zA-Z0-9]{1,30}"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="Bic"><xs:restriction base="xs:string"><xs:pattern value="[A-Z]{6}[A-Z2-9][A-NP-Z0-9]([A-Z0-9]{3})?"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="NotProvided"><xs:restriction base="xs:string"><xs:enumeration value="NOTPROVIDED"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="Sepa"><xs:restriction base="xs:string"><xs:enumeration value="SEPA"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="Shared"><xs:restriction base="xs:string"><xs:enumeration value="SLEV"/></xs:restriction></xs:simpleType>
  <xs:complexType name="Named"><xs:sequence><xs:element name="Nm" type="Name"/></xs:sequence></xs:complexType>
  <xs:complexType name="Account"><xs:sequence><xs:element name="Id"><xs:complexType><xs:sequence><xs:element name="IBAN" type="Iban"/></xs:sequence></xs:complexType></xs:element></xs:sequence></xs:complexType>
  <xs:complexType name="Agent"><xs:sequence><xs:element name="FinInstnId"><xs:complexType><xs:choice>
    <xs:element name="BIC" type="Bic"/>
    <xs:element name="Othr"><xs:complexType><xs:sequence><xs:element name="Id" type="NotProvided"/></xs:sequence></xs:complexType></xs:element>
  </xs:choice></xs:complexType></xs:element></xs:sequence></xs:complexType>`;
