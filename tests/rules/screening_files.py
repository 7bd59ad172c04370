"""Invented lists in the formats the publishers use."""

SDN = (
    '101,"QUIMBAYA COMERCIAL, S.A.",-0- ,"TEST1] [TEST2",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,'
    "\"NIT # 900123456-7 (Colombia); Registration Number 55512 (Panama); a.k.a. 'QUIMCO'.\"\r\n"
    '102,"TOLIMA CALARCA, Zenobio","individual","TEST1","Manager",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,'
    '"DOB 12 Oct 1961; alt. DOB 1963; POB Ibague, Colombia; nationality Colombia; Cedula No. 12345678 (Colombia); '
    'Passport AB123456 (Panama) expires 01 Jan 2030; Linked To: QUIMB"\r\n'
    '103,"ESTRELLA QUIMBAYA","vessel","TEST1",-0- ,"HPXX","Tanker","1,000","500","Panama",-0- ,'
    '"Vessel Registration Identification IMO 9000001."\r\n\x1a'
)
ALT = (
    '101,1,"aka","QUIMBAYA TRADING",-0- \r\n101,2,"fka","CALARCA COMERCIAL",-0- \r\n102,3,"aka","EL ZENO",-0- \r\n\x1a'
)
ADD = '101,1,"Calle 1","Cali","Colombia",-0- \r\n102,2,-0- ,-0- ,"Korea, North",-0- \r\n'
COMMENTS = "102,\"AYA COMERCIAL, S.A.; a.k.a. 'ZENO T.'.\"\r\n"

UN = """<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST dateGenerated="2026-01-01">
 <INDIVIDUALS>
  <INDIVIDUAL><DATAID>7001</DATAID><FIRST_NAME>ZENOBIO</FIRST_NAME><SECOND_NAME> KIMBAWI </SECOND_NAME><THIRD_NAME/>
   <UN_LIST_TYPE>Test</UN_LIST_TYPE><REFERENCE_NUMBER>TSi.001</REFERENCE_NUMBER><COMMENTS1>Invented.</COMMENTS1>
   <NAME_ORIGINAL_SCRIPT>زنوبيو كمباوي</NAME_ORIGINAL_SCRIPT>
   <NATIONALITY><VALUE>Iran (Islamic Republic of)</VALUE></NATIONALITY>
   <INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Zen Kimbawi</ALIAS_NAME></INDIVIDUAL_ALIAS>
   <INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Abu Zen</ALIAS_NAME></INDIVIDUAL_ALIAS>
   <INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS>
   <INDIVIDUAL_ADDRESS><COUNTRY>Syrian Arab Republic</COUNTRY></INDIVIDUAL_ADDRESS>
   <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1964-02-29</DATE></INDIVIDUAL_DATE_OF_BIRTH>
   <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><YEAR>1970</YEAR></INDIVIDUAL_DATE_OF_BIRTH>
   <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1958</FROM_YEAR><TO_YEAR>1960</TO_YEAR>
   </INDIVIDUAL_DATE_OF_BIRTH>
   <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE/></INDIVIDUAL_DATE_OF_BIRTH>
   <INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>X99887</NUMBER>
    <ISSUING_COUNTRY>Syrian Arab Republic</ISSUING_COUNTRY></INDIVIDUAL_DOCUMENT>
   <INDIVIDUAL_DOCUMENT/>
  </INDIVIDUAL>
 </INDIVIDUALS>
 <ENTITIES>
  <ENTITY><DATAID>7002</DATAID><FIRST_NAME>KIMBAWI HOLDING</FIRST_NAME><UN_LIST_TYPE>Test</UN_LIST_TYPE>
   <REFERENCE_NUMBER>TSe.001</REFERENCE_NUMBER><COMMENTS1/>
   <ENTITY_ALIAS><QUALITY>f.k.a.</QUALITY><ALIAS_NAME>Tolima Holding</ALIAS_NAME></ENTITY_ALIAS>
   <ENTITY_ADDRESS><COUNTRY>Panama</COUNTRY></ENTITY_ADDRESS>
  </ENTITY>
 </ENTITIES>
</CONSOLIDATED_LIST>
"""

GENERIC = (
    "uid,schema,name,other_names,weak_names,birth_dates,countries,identifiers,programs,remarks\n"
    "1,company,Quimbaya S.A.,Quimco; Quimbaya Trading,,,CO; Panama,"
    "tax:CO:900123456-7; lei::5493001KJTIIGC8Y1R12,FRAUD,Text\n"
    '2,person,"Tolima, Zenobio",,El Zeno,1961-10-12; 1963,Colombia,national_id:CO:12345678,,\n'
)


def sdn(**changed: str) -> dict[str, bytes]:
    """The files of an invented SDN list; a name without its ending replaces a file (sdn="...")."""
    texts = {"sdn": SDN, "alt": ALT, "add": ADD, "sdn_comments": COMMENTS} | changed
    return {f"{name}.csv": text.encode() for name, text in texts.items()}
