"""More people of demo/cast.toml than every test knows: who they are on which side of 1.1.2023."""

from tests.personas import Persona

PIRKANMAA, POHJANMAA, TAMPERE = "9900100-2", "9900101-0", "9900102-9"
NOKIA, VAASA, HELSINKI, MARIEHAMN = "9900103-7", "9900104-5", "9900105-3", "9900108-8"

AINO_IN_TAMPERE = Persona("aino", business_id=TAMPERE)  # until 31.12.2022
BENEFIT_OFFICER = Persona("eetu", business_id=PIRKANMAA)
BENEFIT_OFFICER_TOO_EARLY = Persona("eetu")  # before 1.1.2023 nobody gave a mandate
IN_HELSINKI = Persona("helmi", business_id=HELSINKI)
IN_VAASA = Persona("oskar", business_id=VAASA)
OF_THE_JOINT_AUTHORITY = Persona("yrjo", business_id=NOKIA)  # until 31.12.2022
OF_THE_JOINT_AUTHORITY_TOO_LATE = Persona("yrjo")
IN_ALAND = Persona("alma", business_id=MARIEHAMN)
