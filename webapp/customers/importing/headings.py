"""How people head the columns of their customer lists: field → headings, the surest first. What stands further back, or
has a low number behind a colon, gives way to other fields that want the same heading."""

SYNONYMS = {
    "name": (
        "公司名称 客户名称 企业名称 单位名称 公司名 客户名 公司全称 全称 单位 公司 客户 企业 名称 company "
        "companyname customer customername account accountname organization organisation name"
    ),
    "short_name": "简称 公司简称 客户简称 证券简称 股票简称 shortname abbreviation alias",
    "code": (
        "代码 股票代码 证券代码 客户代码 客户编号 客户编码 编号 编码 code tscode ticker symbol customerid "
        "customercode customerno"
    ),
    "industry": "行业 所属行业 行业类别 行业分类 所在行业 industry sector",
    "area": "地区 区域 所在地区 所属地区 省份 省 所在省份 片区 大区 地域 area region province state territory",
    "city": "城市 所在城市 市 city town",
    "district": "区县 县区 区 县 district county",
    "address": "地址 公司地址 详细地址 办公地址 通讯地址 联系地址 注册地址 address street location",
    "phone": (
        "电话 公司电话 联系电话 座机 固定电话 固话 办公电话 总机 电话号码 phone tel telephone companyphone "
        "phonenumber 手机 手机号 手机号码 移动电话 mobile cell"
    ),
    "website": "网址 网站 公司网址 官网 公司网站 website url homepage web",
    "size": "规模 公司规模 企业规模 人员规模 员工人数 人数 size companysize employees headcount",
    "source": "来源 客户来源 线索来源 获客渠道 source leadsource",
    "level": "等级 客户等级 级别 客户级别 分级 客户分级 level grade rating",
    "stage": "阶段 销售阶段 客户阶段 跟进阶段 六步 stage salesstage",
    "tags": "标签 客户标签 tag tags label labels keywords",
    "pain": "痛点 客户痛点 需求 客户需求 pain painpoint painpoints need needs",
    "note": "备注 说明 备注信息 描述 简介 公司简介 remark remarks note notes comment comments description memo",
    "note_line": (
        "上市日期 上市时间 成立日期 成立时间 经营范围 主营业务 主营产品 法人 法定代表人 注册资本 "
        "统一社会信用代码 税号 传真 邮编 邮政编码 listedon listingdate founded fax zip postcode"
    ),
    "next_step": "下一步 下步计划 跟进计划 下次跟进内容 nextstep nextaction todo",
    "next_step_on": (
        "下一步日期 下次跟进 下次跟进时间 下次跟进日期 下次联系时间 nextstepdate nextstepon nextdate duedate "
        "followupdate"
    ),
    "contact_name": (
        "联系人 联系人姓名 联系人名称 主要联系人 首要联系人 姓名 对接人 contact contactname contactperson "
        "fullname person name:40"
    ),
    "contact_title": "职务 职位 联系人职务 联系人职位 岗位 职称 title jobtitle position contacttitle",
    "contact_phone": (
        "联系人电话 联系人手机 联系人手机号 联系人联系方式 手机 手机号 手机号码 移动电话 mobile mobilephone "
        "cellphone cell contactphone contactmobile 联系方式 联系电话 电话 phone tel"
    ),
    "contact_wechat": "微信 微信号 联系人微信 wechat weixin wechatid contactwechat",
    "contact_email": "邮箱 电子邮箱 邮件 电子邮件 联系人邮箱 邮箱地址 email mail emailaddress contactemail",
}
