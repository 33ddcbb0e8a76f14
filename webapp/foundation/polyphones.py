"""汉字 with more than one living reading in names of people, places and companies: char → readings without tones.

A phrase dictionary chooses one reading for a key; the others of this table are added one at a time, so that both ways
find the name. Readings that only classical texts know are left out: each costs room in every key.
The syllables lü, nü (typed as v, u or yu) are handled apart, in `SPELLINGS`."""

_TABLE = """
阿a,e 艾ai,yi 柏bai,bo 堡bao,bu,pu 暴bao,pu 曝bao,pu 贲ben,bi 便bian,pian 扁bian,pian 伯bo,bai 泊bo,po 薄bo,bao 卜bu,bo
参can,shen,cen 藏cang,zang 刹cha,sha 差cha,chai 查cha,zha 长chang,zhang 朝chao,zhao 车che,ju 乘cheng,sheng 澄cheng,deng
称cheng,chen 畜chu,xu 褚chu,zhu 传chuan,zhuan 幢chuang,zhuang 单dan,shan,chan 侗dong,tong 度du,duo 都du,dou 敦dun,dui
番fan,pan 繁fan,po 佛fo,fu 盖gai,ge 谷gu,yu 干gan,qian 莞guan,wan 桧gui,hui 炅gui,jiong 还hai,huan 行hang,xing 和he,huo 会hui,kuai
祭ji,zhai 夹jia,ga 贾jia,gu 降jiang,xiang 角jiao,jue 芥jie,gai 解jie,xie 句ju,gou 隽juan,jun 觉jue,jiao 卡ka,qia 楷kai,jie
阚kan,han 壳ke,qiao 括kuo,gua 乐le,yue 了le,liao 勒le,lei 俩lia,liang 六liu,lu 碌lu,liu 陆lu,liu 露lu,lou 络luo,lao
落luo,la,lao 率lv,shuai 绿lv,lu 埋mai,man 脉mai,mo 蔓man,wan 宓mi,fu 泌mi,bi 秘mi,bi 缪miao,mou,mu 模mo,mu 牟mou,mu
娜na,nuo 弄nong,long 胖pang,pan 炮pao,bao 辟pi,bi 屏ping,bing 朴pu,piao 瀑pu,bao 圻qi,yin 栖qi,xi 乾qian,gan 嵌qian,kan
铅qian,yan 茄qie,jia 覃qin,tan 仇qiu,chou 区qu,ou 圈quan,juan 炔que,gui 雀que,qiao 塞sai,se 色se,shai 莎sha,suo 杉shan,sha
什shen,shi 沈shen,chen 晟sheng,cheng 盛sheng,cheng 省sheng,xing 数shu,shuo 熟shu,shou 宿su,xiu 缩suo,su 澹tan,dan
汤tang,shang 调tiao,diao 屯tun,zhun 拓tuo,ta 尉wei,yu 蔚wei,yu 涡wo,guo 洗xi,xian 系xi,ji 厦xia,sha 冼xian,xi 纤xian,qian
巷xiang,hang 校xiao,jiao 邪xie,ye 血xue,xie 钥yao,yue 殷yin,yan 俞yu,shu 於yu,wu 员yuan,yun 约yue,yao 仔zai,zi 曾zeng,ceng
扎zha,za 翟zhai,di 召zhao,shao 折zhe,she 殖zhi,shi 种zhong,chong 重zhong,chong
"""

POLYPHONES = {entry[0]: tuple(entry[1:].split(",")) for entry in _TABLE.split()}

SPELLINGS = {"lv": ("lu", "lyu"), "nv": ("nu", "nyu"), "lve": ("lue",), "nve": ("nue",)}
"""How else people type a syllable that the keyboard has no ü for."""
