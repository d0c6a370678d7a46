import os

import numpy as np
from pydantic import BaseModel


class Sum(BaseModel):
    of: list[int]
    is_: int


numbers = np.arange(5)
print(Sum(of=numbers.tolist(), is_=int(numbers.sum())).model_dump_json(), "by", os.getuid())
